package dev.dumpkeeper.wecom;

import java.util.Optional;

/**
 * What a delivery achieved.
 *
 * @param delivered how many pages the robot accepted
 * @param waiting how many pages are kept for a later delivery
 * @param problem why they wait, in words, a permanent reason first; empty where nothing
 * went wrong, also while no robot is configured
 * @param permanent whether trying again will not help before a person has acted
 */
public record DeliveryReport(int delivered, int waiting, Optional<String> problem, boolean permanent) {

}
