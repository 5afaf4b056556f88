package dev.dumpkeeper.lab;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.DisplayNameGenerator;

/**
 * Turns the name of a method or class into a sentence for the report.
 */
public final class Sentences extends DisplayNameGenerator.Standard {

	@Override
	public String generateDisplayNameForClass(Class<?> type) {
		return sentence(type.getSimpleName().replace("IntegrationTests", ""));
	}

	@Override
	public String generateDisplayNameForMethod(List<Class<?>> enclosing, Class<?> type, Method method) {
		return sentence(method.getName());
	}

	private static String sentence(String name) {
		String words = name.replaceAll("(?<=[a-z])(?=[A-Z0-9])|(?<=[0-9])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
		return Character.toUpperCase(words.charAt(0)) + words.substring(1);
	}

}
