/**
 * Notifies people: keeps messages until a channel has accepted each of their pages,
 * without knowledge of their content. Each channel has a room of its own below this one.
 */
@NullMarked
package dev.dumpkeeper.notify;

import org.jspecify.annotations.NullMarked;
