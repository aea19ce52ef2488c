/**
 * contract.md: the text that is signed. Every clause is a section whose heading is the clause's
 * title; a clause without a value has no section. The SHA-256 of the whole file is what a signature
 * carries, so nothing that is not agreed may stand in it.
 */
#ifndef TURNABOUT_DOCUMENT_CONTRACT_PAPER_H
#define TURNABOUT_DOCUMENT_CONTRACT_PAPER_H

#include "turnabout/base/error.h"
#include "turnabout/domain/contract.h"

/** A fresh paper from values. Free with free(). */
char *ta_contract_paper_new(const struct ta_contract *contract);

/** TA_DAMAGED as ta_paper_read_kind() says. */
bool ta_contract_paper_read(struct ta_contract *contract, const char *text, struct ta_error *err);

/** The paper with one clause changed (a tidied value; "" removes the section), all else as it was;
 *  a section that is added stands in the table's order. `*out`: free with free(). */
bool ta_contract_paper_set(char **out, const char *text, enum ta_clause clause, const char *value,
                           struct ta_error *err);
/** The paper with another version number. */
bool ta_contract_paper_set_version(char **out, const char *text, unsigned version,
                                   struct ta_error *err);

/**
 * signatures.md: who signed which version, when, and the SHA-256 of the file they signed; a list
 * entry each:
 *     - v2 mentor Priya Raman, 2026-11-22T10:00:00+01:00, sha256 9f86d0...
 * Entries that are not understood are kept and ignored.
 */
bool ta_signatures_read(struct ta_signatures *signatures, const char *text, struct ta_error *err);
/** `text` (NULL: a new file) with one signature more. */
bool ta_signatures_append(char **out, const char *text, const struct ta_signature *signature,
                          struct ta_error *err);

#endif
