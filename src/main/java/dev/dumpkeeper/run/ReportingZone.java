package dev.dumpkeeper.run;

import java.time.ZoneId;

/**
 * The time zone of messages and reports, which also determines when days end. Published
 * by the owner of {@code dumpkeeper.schedule}.
 *
 * @param id the zone
 */
public record ReportingZone(ZoneId id) {

}
