package dev.dumpkeeper.run;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Conditional;

/**
 * Applies where people can sign in: by a users file, by an identity provider, or by both.
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Conditional(ConditionalOnSignIn.Configured.class)
public @interface ConditionalOnSignIn {

	/** The ways to sign in. */
	final class Configured extends AnyNestedCondition {

		Configured() {
			super(ConfigurationPhase.REGISTER_BEAN);
		}

		@ConditionalOnProperty("dumpkeeper.security.users-file")
		static final class UsersFile {

		}

		@ConditionalOnProperty("dumpkeeper.console.oidc.issuer")
		static final class IdentityProvider {

		}

	}

}
