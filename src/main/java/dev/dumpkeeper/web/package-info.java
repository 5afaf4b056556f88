/**
 * What the service answers over HTTP: on the application port pods that left a dump and
 * people who follow a link, on the management port the people who operate it.
 */
@NullMarked
package dev.dumpkeeper.web;

import org.jspecify.annotations.NullMarked;
