/**
 * The HTTP interface of the service: on the application port for pods that report a dump
 * and people who follow a link, on the management port for operators.
 */
@NullMarked
package dev.dumpkeeper.web;

import org.jspecify.annotations.NullMarked;
