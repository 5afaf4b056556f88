package dev.dumpkeeper.wecom;

import java.util.Optional;

/**
 * The result of a delivery.
 *
 * @param delivered how many pages the robot accepted
 * @param waiting how many pages are kept for a later delivery
 * @param problem a description of why they wait, a permanent reason first; empty if
 * nothing failed or no robot is configured
 * @param permanent whether retries are useless until somebody acts
 */
public record DeliveryReport(int delivered, int waiting, Optional<String> problem, boolean permanent) {

}
