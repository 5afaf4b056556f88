package dev.dumpkeeper.run;

import java.time.ZoneId;

/**
 * The time zone that people live in: times are told in it, and days end by it. Whoever
 * owns {@code dumpkeeper.schedule} publishes it.
 *
 * @param id the zone
 */
public record ReportingZone(ZoneId id) {

}
