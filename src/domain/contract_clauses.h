/**
 * The table of clauses: product text, kept apart from what is done with it.
 */
#ifndef TURNABOUT_DOMAIN_CONTRACT_CLAUSES_H
#define TURNABOUT_DOMAIN_CONTRACT_CLAUSES_H

#include "turnabout/domain/contract.h"

extern const struct ta_clause_facts ta_clause_table[TA_CLAUSES];
extern const char *const ta_clause_group_titles[TA_GROUPS];

#endif
