package dev.dumpkeeper.run;

/**
 * Whether people are notified of dumps. If not, new dumps need not be triaged before a
 * sweep, and no notice delays an expiry. Published by the package that sends messages.
 *
 * @param notificationsEnabled whether messages are sent to anybody
 */
public record NotificationStatus(boolean notificationsEnabled) {

}
