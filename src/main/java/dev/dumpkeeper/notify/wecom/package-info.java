/**
 * Sends messages to the robot of a WeCom group. Its limits, dialect, rate and answer
 * codes are known here only.
 */
@NullMarked
package dev.dumpkeeper.notify.wecom;

import org.jspecify.annotations.NullMarked;
