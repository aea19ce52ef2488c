/**
 * The order in which promises are shown.
 */
#ifndef TURNABOUT_SRC_TUI_PROMISE_ORDER_H
#define TURNABOUT_SRC_TUI_PROMISE_ORDER_H

#include "turnabout/domain/promise.h"

/** Open ones by day, those without a day last; then what is done and not told back; then what is
 *  closed, the newest first. */
void promises_sort(struct ta_promises *promises);

#endif
