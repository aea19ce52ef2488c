/**
 * A mail: what it says, and the bytes that carry it.
 *
 * The bytes are those of RFC 5322 and MIME (RFC 2045, 2047) with the line ends of Unix, as programs
 * that send mail read them from standard input: ASCII throughout; names and subjects that are not
 * ASCII, or long, in encoded words; the text in quoted-printable, or in base64 where that is
 * shorter, unless it is plain ASCII. Paragraphs are broken into short lines that a mail program
 * may join again (format=flowed, RFC 3676). Whatever is in a name, an address or a title: there
 * are no more headers than the eight named below, and none of them copies anybody.
 */
#ifndef TURNABOUT_DOCUMENT_MAIL_H
#define TURNABOUT_DOCUMENT_MAIL_H

#include "turnabout/domain/summary.h"

struct ta_mail {
    struct ta_person from, to; /**< with their addresses */
    char *subject;             /**< one line */
    char *body;                /**< a paragraph or an entry of a list is one line */
    struct ta_moment date;
    char *id; /**< Message-ID, without its angle brackets */
};

/** What the mail of a summary is made from; nothing here is taken over. */
struct ta_mail_source {
    const struct ta_pair *pair;
    enum ta_role from; /**< it goes to the other */
    const struct ta_summary *summary;
    bool draft;                   /**< it is not committed, and the mail says so */
    const struct ta_notes *notes; /**< of the session, on this machine; NULL: none */
    struct ta_moment next;        /**< when the two meet next; instant 0: not told */
    const char *place;            /**< and where; NULL or "" when they have not agreed */
    struct ta_moment now;
    const char *id; /**< what tells this mail from all others of its sender: ASCII without blanks */
    const char *host; /**< what stands behind the @ of the Message-ID */
};

/**
 * The four sections of a summary and the next date, in plain words. The notes by item stay in the
 * pair's record. What is mine stays out: a line that begins with its sign, and one that says what a
 * note of the session says which is mine now, whatever it was when the draft was made of it.
 */
void ta_mail_of_summary(struct ta_mail *mail, const struct ta_mail_source *source);

/** Appends its bytes: From, To, Subject, Date, Message-ID, MIME-Version, Content-Type,
 *  Content-Transfer-Encoding, an empty line, the text. Both addresses must be fine. */
void ta_mail_write(struct ta_text *out, const struct ta_mail *mail);
void ta_mail_release(struct ta_mail *mail);

/** Whether a mail can be addressed so: "name@example.org" in ASCII, without quotes or comments, at
 *  most 254 bytes. NULL is not. */
bool ta_mail_address_is_fine(const char *address);

#endif
