#include "turnabout/domain/step.h"

static enum ta_step open_session(const struct ta_step_facts *facts)
{
    return facts->left < -TA_SECONDS_LEFT_OPEN ? TA_STEP_CLOSE : TA_STEP_LIVE;
}

static bool may_release(const struct ta_step_facts *facts)
{
    return !facts->agenda_shared && !facts->agenda_late && !facts->date_missed;
}

enum ta_step ta_step_next(const struct ta_step_facts *facts)
{
    if (facts->session == TA_SESSION_RUNNING || facts->session == TA_SESSION_PAUSED) {
        return open_session(facts);
    }
    if (facts->session == TA_SESSION_ENDED) {
        return TA_STEP_SUMMARY;
    }
    if (!facts->contract_in_force) {
        return facts->contract_ready ? TA_STEP_SIGN : TA_STEP_CONTRACT;
    }
    if (facts->release_waits && may_release(facts)) {
        return TA_STEP_RELEASE;
    }
    if (!facts->date_set) {
        return facts->held < facts->agreed ? TA_STEP_DATE : TA_STEP_COMPLETE;
    }
    if (facts->date_missed) {
        return TA_STEP_MISSED;
    }
    return facts->agenda_shared ? TA_STEP_SESSION : TA_STEP_AGENDA;
}
