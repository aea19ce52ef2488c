/**
 * Series of measurements, and the lines of the report.
 */
#ifndef TURNABOUT_TESTS_BENCH_MEASURE_H
#define TURNABOUT_TESTS_BENCH_MEASURE_H

#include <stddef.h>

/** Says what went wrong and ends the harness. */
void give_up(const char *format, ...) __attribute__((format(printf, 1, 2), noreturn));

struct series {
    double *values;
    size_t count;
};

void series_add(struct series *series, double value);
/** The value that `percent` of the others do not exceed. */
double series_at(const struct series *series, int percent);
void series_release(struct series *series);

/** How many rounds: $BENCH_ROUNDS, or 20. */
int rounds(void);

/** One figure against another of the same run, and the ratio to reach (0: none is set). */
void report_ratio(const char *what, const char *unit, const struct series *ours,
                  const struct series *floor, double reach);
/** A figure that stands for itself. */
void report_value(const char *what, const char *unit, double value, double reach);
/** Whether nothing that report_value() printed was beyond its reach. */
int report_status(void);

#endif
