package dev.dumpkeeper.web;

/**
 * How people can sign in to the console.
 *
 * @param byPassword whether by name and password of a users file
 * @param byProvider whether by an identity provider
 */
public record SignInWays(boolean byPassword, boolean byProvider) {

}
