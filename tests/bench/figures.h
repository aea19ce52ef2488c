/**
 * What is measured: each figure makes its own world, measures, reports and cleans up.
 */
#ifndef TURNABOUT_TESTS_BENCH_FIGURES_H
#define TURNABOUT_TESTS_BENCH_FIGURES_H

#include "world.h"

void figure_home(const struct programs *programs);
void figure_exit(const struct programs *programs);
void figure_memory(const struct programs *programs);
void figure_echo(const struct programs *programs);
void figure_many(const struct programs *programs);
void figure_elsewhere(const struct programs *programs);
void figure_status(const struct programs *programs);
void figure_note(const struct programs *programs);
void figure_flushes(const struct programs *programs);
void figure_clock(const struct programs *programs);
void figure_idle(const struct programs *programs);
void figure_commit(const struct programs *programs);
void figure_history(const struct programs *programs);
void figure_merge(const struct programs *programs);
void figure_sync(const struct programs *programs);
void figure_instructions(const struct programs *programs);

#endif
