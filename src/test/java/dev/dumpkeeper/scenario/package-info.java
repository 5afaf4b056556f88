/**
 * What a whole run does to a real volume: the command line as people call it, real
 * gateways, a real database. Every scenario reads the volume without the gateway.
 */
@NullMarked
package dev.dumpkeeper.scenario;

import org.jspecify.annotations.NullMarked;
