package dev.dumpkeeper.run;

/**
 * Whether there is anybody to notify of dumps. Where there is not, new dumps need not be
 * looked at before a sweep, and no notice holds one up. Whoever sends messages publishes
 * it.
 *
 * @param notificationsEnabled whether messages are sent to anybody
 */
public record NotificationStatus(boolean notificationsEnabled) {

}
