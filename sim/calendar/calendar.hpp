#pragma once
/// Time as people live it: dates, time zones, office hours, and the rhythm of attention.
#include "sim/calendar/activity.hpp"
#include "sim/calendar/date.hpp"
#include "sim/calendar/office.hpp"
#include "sim/calendar/zone.hpp"
