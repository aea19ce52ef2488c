#include "measure.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static int status = EXIT_SUCCESS;

void give_up(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    (void)fputs("bench: ", stderr);
    (void)vfprintf(stderr, format, arguments);
    (void)fputc('\n', stderr);
    va_end(arguments);
    exit(EXIT_FAILURE);
}

void series_add(struct series *series, double value)
{
    double *values = reallocarray(series->values, series->count + 1, sizeof *values);
    if (values == NULL) {
        give_up("no memory");
    }
    values[series->count++] = value;
    series->values = values;
}

static int compare(const void *one, const void *other)
{
    double a = *(const double *)one;
    double b = *(const double *)other;
    return (a > b) - (a < b);
}

double series_at(const struct series *series, int percent)
{
    if (series->count == 0) {
        give_up("nothing was measured");
    }
    qsort(series->values, series->count, sizeof *series->values, compare);
    return series->values[(series->count - 1) * (size_t)percent / 100];
}

void series_release(struct series *series)
{
    free(series->values);
    *series = (struct series){0};
}

int rounds(void)
{
    const char *wanted = getenv("BENCH_ROUNDS");
    int count = wanted == NULL ? 20 : (int)strtol(wanted, NULL, 10);
    return count > 0 ? count : 1;
}

static const char *verdict(double value, double reach)
{
    return reach <= 0 ? "" : value <= reach ? "reached" : "NOT REACHED";
}

void report_ratio(const char *what, const char *unit, const struct series *ours,
                  const struct series *floor, double reach)
{
    double middle = series_at(ours, 50) / series_at(floor, 50);
    double slow = series_at(ours, 90) / series_at(floor, 90);
    printf("%-44s p50 %8.3f / %8.3f %s = %5.2f   p90 %8.3f / %8.3f = %5.2f   n %zu", what,
           series_at(ours, 50), series_at(floor, 50), unit, middle, series_at(ours, 90),
           series_at(floor, 90), slow, ours->count);
    if (reach > 0) {
        printf("   to reach %.2f: %s", reach, verdict(middle, reach));
    }
    (void)putchar('\n');
    (void)fflush(stdout);
}

void report_value(const char *what, const char *unit, double value, double reach)
{
    printf("%-44s %12.2f %s", what, value, unit);
    if (reach >= 0) {
        printf("   to reach %.2f: %s", reach, value <= reach ? "reached" : "NOT REACHED");
        status = value <= reach ? status : EXIT_FAILURE;
    }
    (void)putchar('\n');
    (void)fflush(stdout);
}

int report_status(void)
{
    return status;
}
