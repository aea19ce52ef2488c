#include "promise_order.h"

#include <stdlib.h>

/* Days as numbers that sort; without a day last. */
static long day_order(struct ta_day day)
{
    return day.year ? day.year * 10000L + day.month * 100L + day.day : 99999999L;
}

static int compare(const void *one, const void *other)
{
    const struct ta_promise *a = one;
    const struct ta_promise *b = other;
    if (a->state != b->state) {
        return a->state < b->state ? -1 : 1;
    }
    long first = day_order(a->state == TA_PROMISE_TOLD ? b->told : a->due);
    long second = day_order(b->state == TA_PROMISE_TOLD ? a->told : b->due);
    if (first != second) {
        return first < second ? -1 : 1;
    }
    return a->id < b->id ? -1 : a->id > b->id;
}

void promises_sort(struct ta_promises *promises)
{
    if (promises->count > 0) {
        qsort(promises->items, promises->count, sizeof *promises->items, compare);
    }
}
