#include "contract_clauses.h"

const char *const ta_clause_group_titles[TA_GROUPS] = {
    [TA_GROUP_TOPIC] = "Topic and goals",           [TA_GROUP_RHYTHM] = "Rhythm and place",
    [TA_GROUP_REPORTING_LINE] = "Reporting line",   [TA_GROUP_OFF_LIMITS] = "Off-limits",
    [TA_GROUP_CONFIDENTIALITY] = "Confidentiality", [TA_GROUP_SHARED] = "What may be shared",
    [TA_GROUP_BETWEEN] = "Between sessions",        [TA_GROUP_ENDING] = "If it does not work",
};

/* Guidance speaks to the two, presets are their own words. The guidance that opens a group has two
 * lines of a narrow pane. */
const struct ta_clause_facts ta_clause_table[TA_CLAUSES] = {
    [TA_CLAUSE_TOPIC] =
        {
            .id = "topic",
            .title = "Topic",
            .group = TA_GROUP_TOPIC,
            .kind = TA_CLAUSE_LINE,
            .guidance = "What the mentor knows from their own life at work, and the mentee wants "
                        "to understand.",
            .preset = "",
            .required = true,
        },
    [TA_CLAUSE_GOALS] =
        {
            .id = "goals",
            .title = "Goals",
            .group = TA_GROUP_TOPIC,
            .kind = TA_CLAUSE_LIST,
            .guidance = "One to three things that will be different when you finish. Word them so "
                        "that both of you can tell whether they came true.",
            .preset = "",
            .required = true,
            .least = 1,
            .most = 3,
        },
    [TA_CLAUSE_NOT_THIS] =
        {
            .id = "not-this",
            .title = "What this is not",
            .group = TA_GROUP_TOPIC,
            .kind = TA_CLAUSE_PROSE,
            .guidance = "What you do not expect of each other. Said now, it spares both of you a "
                        "disappointment.",
            .preset = "This is no appraisal, no favour to anyone's career and no training course. "
                      "The mentor speaks for one person, not for a whole group.",
        },
    [TA_CLAUSE_DRIVES] =
        {
            .id = "drives",
            .title = "Who drives",
            .group = TA_GROUP_TOPIC,
            .kind = TA_CLAUSE_PROSE,
            .guidance = "The work around the sessions lies with the one who learns.",
            .preset = "The mentee makes the first contact, sets the agenda and writes the "
                      "summary.",
        },
    [TA_CLAUSE_DURATION] =
        {
            .id = "duration",
            .title = "Length of a session",
            .group = TA_GROUP_RHYTHM,
            .kind = TA_CLAUSE_NUMBER,
            .guidance = "Forty-five minutes leave time to get to the point, and still fit into a "
                        "full week.",
            .preset = "45",
            .required = true,
            .least = 15,
            .most = 240,
            .unit = "minutes",
        },
    [TA_CLAUSE_RHYTHM] =
        {
            .id = "rhythm",
            .title = "Rhythm",
            .group = TA_GROUP_RHYTHM,
            .kind = TA_CLAUSE_NUMBER,
            .guidance = "Weeks from one session to the next. After three you have tried something "
                        "and still remember why.",
            .preset = "3",
            .required = true,
            .least = 1,
            .most = 26,
            .unit = "weeks",
        },
    [TA_CLAUSE_SESSIONS] =
        {
            .id = "sessions",
            .title = "Number of sessions",
            .group = TA_GROUP_RHYTHM,
            .kind = TA_CLAUSE_NUMBER,
            .guidance = "How many you agree on now. Trust takes about six to grow; you can add "
                        "more later.",
            .preset = "6",
            .required = true,
            .least = 1,
            .most = 60,
            .unit = "sessions",
        },
    [TA_CLAUSE_PLACE] =
        {
            .id = "place",
            .title = "Place",
            .group = TA_GROUP_RHYTHM,
            .kind = TA_CLAUSE_LINE,
            .guidance =
                "Meet where the mentor is at ease. It is hard to speak freely in the office "
                "of somebody senior.",
            .preset = "In the mentor's space, or a neutral place",
        },
    [TA_CLAUSE_REPORTING_LINE] =
        {
            .id = "reporting-line",
            .title = "Reporting line",
            .group = TA_GROUP_REPORTING_LINE,
            .kind = TA_CLAUSE_CHOICE,
            .guidance = "Nobody is frank with the person who decides about their work. If you "
                        "share a line, say so here.",
            .preset = "different",
            .required = true,
            .choices = {"different", "same"},
            .meanings = {"Neither of us is in the other's reporting line.",
                         "We are in the same reporting line. We know the risk, and we have chosen "
                         "to go on."},
        },
    [TA_CLAUSE_OFF_LIMITS] =
        {
            .id = "off-limits",
            .title = "Off-limits",
            .group = TA_GROUP_OFF_LIMITS,
            .kind = TA_CLAUSE_LIST,
            .guidance = "What you will not talk about, so that both can be at ease. Whoever names "
                        "a topic gives no reason.",
            .preset = "",
            .most = 30,
        },
    [TA_CLAUSE_BEHAVIOUR] =
        {
            .id = "behaviour",
            .title = "Behaviour we will not engage in",
            .group = TA_GROUP_OFF_LIMITS,
            .kind = TA_CLAUSE_PROSE,
            .guidance = "What neither of you will do, however the talk goes.",
            .preset = "We do not interrupt, belittle or press each other. We do not argue away "
                      "what the other has lived through. We do not use what was said against "
                      "anybody.",
        },
    [TA_CLAUSE_CONFIDENTIALITY] =
        {
            .id = "confidentiality",
            .title = "Confidentiality",
            .group = TA_GROUP_CONFIDENTIALITY,
            .kind = TA_CLAUSE_PROSE,
            .guidance = "What is said stays with the two of you. Name the few cases in which it "
                        "cannot.",
            .preset = "What we say stays between us. There are three limits: danger to somebody's "
                      "life or health, a crime, and serious misconduct. Whoever has to report one "
                      "of them tells the other first, wherever that is safe.",
        },
    [TA_CLAUSE_RECORDS] =
        {
            .id = "records",
            .title = "Records",
            .group = TA_GROUP_CONFIDENTIALITY,
            .kind = TA_CLAUSE_PROSE,
            .guidance = "What is written down, who may read it, and how long it is kept.",
            .preset = "We keep this contract, the agendas, the summaries and our promises in one "
                      "record that only the two of us read. Private notes belong to whoever wrote "
                      "them. After the last session we decide together how long the record is "
                      "kept.",
        },
    [TA_CLAUSE_SHARED] =
        {
            .id = "shared",
            .title = "What the coordinator may see",
            .group = TA_GROUP_SHARED,
            .kind = TA_CLAUSE_CHOICE,
            .guidance = "How much the coordinator may see. Your words leave only when both of you "
                        "approved that very text.",
            .preset = "attendance",
            .required = true,
            .choices = {"nothing", "attendance", "takeaways", "summary"},
            .meanings = {"The coordinator sees nothing of our sessions.",
                         "The coordinator sees which sessions were held, moved or cancelled, and "
                         "when.",
                         "The coordinator sees attendance, and the takeaways that both of us "
                         "approved.",
                         "The coordinator sees attendance, and each summary that both of us "
                         "approved, without its notes."},
        },
    [TA_CLAUSE_LEAD] =
        {
            .id = "lead",
            .title = "Agenda ahead of time",
            .group = TA_GROUP_BETWEEN,
            .kind = TA_CLAUSE_NUMBER,
            .guidance = "Hours before a session by which the mentor has the agenda in hand, with "
                        "time to think.",
            .preset = "24",
            .required = true,
            .least = 0,
            .most = 336,
            .unit = "hours",
        },
    [TA_CLAUSE_NOTICE] =
        {
            .id = "notice",
            .title = "Notice to cancel",
            .group = TA_GROUP_BETWEEN,
            .kind = TA_CLAUSE_NUMBER,
            .guidance = "Hours before a session by which you say that you cannot come.",
            .preset = "48",
            .required = true,
            .least = 0,
            .most = 336,
            .unit = "hours",
        },
    [TA_CLAUSE_REPLY] =
        {
            .id = "reply",
            .title = "Reply time",
            .group = TA_GROUP_BETWEEN,
            .kind = TA_CLAUSE_NUMBER,
            .guidance = "Within how many days you answer each other's messages.",
            .preset = "2",
            .required = true,
            .least = 1,
            .most = 30,
            .unit = "days",
        },
    [TA_CLAUSE_CANCELLED] =
        {
            .id = "cancelled",
            .title = "Cancelled meetings",
            .group = TA_GROUP_BETWEEN,
            .kind = TA_CLAUSE_PROSE,
            .guidance = "What happens when a session falls through. A pair seldom breaks up; more "
                        "often its dates fade away.",
            .preset = "A cancelled meeting is rescheduled: whoever cancels proposes a new date. We "
                      "fix the next date before a session closes.",
        },
    [TA_CLAUSE_FEEDBACK] =
        {
            .id = "feedback",
            .title = "Feedback",
            .group = TA_GROUP_ENDING,
            .kind = TA_CLAUSE_PROSE,
            .guidance = "How you tell each other what helps and what does not, and how you raise a "
                        "problem.",
            .preset = "Each session ends with a word on what helped and what did not. A problem "
                      "goes to the other first, or to the coordinator when that is too hard.",
        },
    [TA_CLAUSE_CONFLICT] =
        {
            .id = "conflict",
            .title = "Conflict of interest",
            .group = TA_GROUP_ENDING,
            .kind = TA_CLAUSE_PROSE,
            .guidance = "What you keep out of while this lasts, so that frankness costs nothing "
                        "and buys nothing.",
            .preset = "We write no references for each other and sit on no panel that decides "
                      "about the other's promotion or selection.",
        },
    [TA_CLAUSE_SUPPORT] =
        {
            .id = "support",
            .title = "Support",
            .group = TA_GROUP_ENDING,
            .kind = TA_CLAUSE_PROSE,
            .guidance = "Whom either of you can turn to when something weighs on you. A name and a "
                        "way to reach it are best.",
            .preset = "The programme's coordinator",
        },
    [TA_CLAUSE_REVIEW] =
        {
            .id = "review",
            .title = "Review",
            .group = TA_GROUP_ENDING,
            .kind = TA_CLAUSE_NUMBER,
            .guidance = "After how many sessions you read this contract again, look at your goals, "
                        "and change what no longer fits.",
            .preset = "3",
            .required = true,
            .least = 1,
            .most = 60,
            .unit = "sessions",
        },
    [TA_CLAUSE_EXIT] =
        {
            .id = "exit",
            .title = "Exit",
            .group = TA_GROUP_ENDING,
            .kind = TA_CLAUSE_PROSE,
            .guidance = "How either of you can stop. Knowing the way out makes it easier to begin.",
            .preset = "Either of us may end this at any time. Nobody is to blame and nobody owes a "
                      "reason; a word to the coordinator is enough.",
        },
};
