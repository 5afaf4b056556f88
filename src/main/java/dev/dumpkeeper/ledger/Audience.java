package dev.dumpkeeper.ledger;

/**
 * Whether there is anybody to tell of dumps. Without a robot there is not: then new dumps
 * need not be looked at before a sweep, and no notice holds one up.
 *
 * @param notificationsEnabled whether {@code dumpkeeper.wecom.webhook-url} is set
 */
public record Audience(boolean notificationsEnabled) {

}
