/**
 * The contract: what the two agreed, clause by clause; and who signed which exact text.
 *
 * The clauses are those of the published forms and guides (mentoring agreements of Uni Graz, AHRD,
 * NHS East of England, NHS Yorkshire & Humber, Jerome Burke, docsbay, Pathways); `shared` is ours.
 * A contract in memory is its values; its text is the document layer's (contract_paper.h).
 */
#ifndef TURNABOUT_DOMAIN_CONTRACT_H
#define TURNABOUT_DOMAIN_CONTRACT_H

#include <stdbool.h>
#include <stddef.h>

#include "turnabout/base/date.h"
#include "turnabout/base/digest.h"
#include "turnabout/domain/pair.h"

enum ta_clause {
    TA_CLAUSE_TOPIC,
    TA_CLAUSE_GOALS,
    TA_CLAUSE_NOT_THIS,
    TA_CLAUSE_DRIVES,
    TA_CLAUSE_DURATION,
    TA_CLAUSE_RHYTHM,
    TA_CLAUSE_SESSIONS,
    TA_CLAUSE_PLACE,
    TA_CLAUSE_REPORTING_LINE,
    TA_CLAUSE_OFF_LIMITS,
    TA_CLAUSE_BEHAVIOUR,
    TA_CLAUSE_CONFIDENTIALITY,
    TA_CLAUSE_RECORDS,
    TA_CLAUSE_SHARED,
    TA_CLAUSE_LEAD,
    TA_CLAUSE_NOTICE,
    TA_CLAUSE_REPLY,
    TA_CLAUSE_CANCELLED,
    TA_CLAUSE_FEEDBACK,
    TA_CLAUSE_CONFLICT,
    TA_CLAUSE_SUPPORT,
    TA_CLAUSE_REVIEW,
    TA_CLAUSE_EXIT,
    TA_CLAUSES
};

enum ta_clause_group {
    TA_GROUP_TOPIC,           /**< Topic and goals */
    TA_GROUP_RHYTHM,          /**< Rhythm and place */
    TA_GROUP_REPORTING_LINE,  /**< Reporting line */
    TA_GROUP_OFF_LIMITS,      /**< Off-limits */
    TA_GROUP_CONFIDENTIALITY, /**< Confidentiality */
    TA_GROUP_SHARED,          /**< What may be shared */
    TA_GROUP_BETWEEN,         /**< Between sessions */
    TA_GROUP_ENDING,          /**< If it does not work */
    TA_GROUPS
};

enum ta_clause_kind {
    TA_CLAUSE_LINE,   /**< one line of text */
    TA_CLAUSE_PROSE,  /**< any number of lines */
    TA_CLAUSE_LIST,   /**< one entry a line */
    TA_CLAUSE_NUMBER, /**< a whole number from `least` to `most`, of `unit` */
    TA_CLAUSE_CHOICE, /**< one of `choices` */
};

/** What is known of a clause; a row of the table that screens, command line and documents read. */
struct ta_clause_facts {
    const char *id;    /**< on the command line: "off-limits" */
    const char *title; /**< heading in the document: "Off-limits" */
    enum ta_clause_group group;
    enum ta_clause_kind kind;
    const char *guidance; /**< a sentence or two for the two who fill it in */
    const char *preset;   /**< the value of a new contract; "" where it is theirs alone */
    bool required;        /**< unsigned while it is empty */
    unsigned least, most; /**< numbers: range; lists: entries */
    const char *unit;     /**< numbers: "minutes" */
    const char *choices[5];
    const char *meanings[5]; /**< of each choice, a sentence */
};

const struct ta_clause_facts *ta_clause_facts(enum ta_clause clause);
const char *ta_clause_group_title(enum ta_clause_group group);
/** By id, in any case, "_" for "-" allowed. */
bool ta_clause_find(enum ta_clause *clause, const char *id);

struct ta_contract {
    unsigned version; /**< from 1 */
    struct ta_person person[TA_ROLES];
    char *value[TA_CLAUSES]; /**< never NULL once initialised; lists one entry a line */
};

/** Version 1 of a pair's contract: every clause at its preset, the topic the pair's own. */
void ta_contract_init(struct ta_contract *contract, const struct ta_pair *pair);
void ta_contract_copy(struct ta_contract *out, const struct ta_contract *contract);
void ta_contract_release(struct ta_contract *contract);

enum ta_clause_verdict {
    TA_CLAUSE_FINE,
    TA_CLAUSE_EMPTY,    /**< required, and nothing there */
    TA_CLAUSE_TOO_MANY, /**< more than `most` entries */
    TA_CLAUSE_TOO_LONG, /**< over 20,000 bytes */
    TA_CLAUSE_NOT_A_NUMBER,
    TA_CLAUSE_OUT_OF_RANGE,
    TA_CLAUSE_NOT_A_CHOICE,
    TA_CLAUSE_NOT_ONE_LINE,
    TA_CLAUSE_NOT_TEXT,  /**< not UTF-8, or a control character in it */
    TA_CLAUSE_A_HEADING, /**< a line that begins with "#" and would end the clause in the paper, or
                            with a fence of code, which would swallow those behind it; entries of
                            a list stand behind a hyphen and may */
};

/** Whether a value may stand in a clause. */
enum ta_clause_verdict ta_clause_check(enum ta_clause clause, const char *value);

/**
 * A value as typed brought into the form that is kept: blanks at both ends gone; lists split at
 * line ends and ";", empty entries and leading "- " dropped; numbers without their unit; choices in
 * lower case. Free with free().
 */
char *ta_clause_tidy(enum ta_clause clause, const char *typed);

/** The number of a number clause; its preset when the value is not one. */
unsigned ta_contract_number(const struct ta_contract *contract, enum ta_clause clause);
/** Which choice, as an index into `choices`; the preset's when the value is none. */
size_t ta_contract_choice(const struct ta_contract *contract, enum ta_clause clause);

enum ta_shared { TA_SHARED_NOTHING, TA_SHARED_ATTENDANCE, TA_SHARED_TAKEAWAYS, TA_SHARED_SUMMARY };

/** The first clause from `from` on that keeps the contract from being signed; TA_CLAUSES: none. */
enum ta_clause ta_contract_unfit(const struct ta_contract *contract, enum ta_clause from);

/** A name under one exact text. */
struct ta_signature {
    enum ta_role role;
    char *name;
    struct ta_moment when;
    unsigned version;
    char digest[TA_DIGEST_SIZE]; /**< SHA-256 of the whole contract file that was signed */
};

struct ta_signatures {
    struct ta_signature *items;
    size_t count;
};

void ta_signatures_add(struct ta_signatures *signatures, const struct ta_signature *signature);
/** The signature of a role over the text with this digest, or NULL. */
const struct ta_signature *ta_signatures_find(const struct ta_signatures *signatures,
                                              enum ta_role role, const char *digest);
/** Both signed the text with this digest, sooner or later. */
bool ta_signatures_both(const struct ta_signatures *signatures, const char *digest);
/** And they did not sign a later version, both of them: an older contract that is put back is what
 *  they agreed once, and not what they agreed last. */
bool ta_signatures_in_force(const struct ta_signatures *signatures, const char *digest);
/** The highest version of which both signed the same text; 0: none. */
unsigned ta_signatures_version(const struct ta_signatures *signatures);
void ta_signatures_release(struct ta_signatures *signatures);

#endif
