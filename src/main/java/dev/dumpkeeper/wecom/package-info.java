/**
 * Tells people: keeps messages until the WeCom group robot has accepted each of their
 * pages, and knows nothing of what they say.
 */
@NullMarked
package dev.dumpkeeper.wecom;

import org.jspecify.annotations.NullMarked;
