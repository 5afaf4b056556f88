package dev.dumpkeeper.database;

import java.util.Collection;

import org.springframework.batch.core.repository.ExecutionContextSerializer;
import org.springframework.boot.batch.autoconfigure.BatchConversionServiceCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.converter.ConverterRegistry;

/**
 * Ensures that Spring Batch reads data and never code from the database.
 */
@Configuration(proxyBeanMethods = false)
class BatchStorageConfiguration {

	@Bean
	ExecutionContextSerializer executionContextSerializer() {
		return new ScalarContextSerializer();
	}

	@Bean
	BatchConversionServiceCustomizer withoutObjects() {
		return BatchStorageConfiguration::withoutObjects;
	}

	/**
	 * Removes conversions to arbitrary classes. A job parameter is stored with a class
	 * name, and Spring would create an object of that class from the text with its
	 * constructor, which might load the resource at an address. Texts, numbers, times and
	 * the like remain.
	 */
	static void withoutObjects(ConverterRegistry converters) {
		converters.removeConvertible(Object.class, Object.class);
		converters.removeConvertible(String.class, Enum.class);
		converters.removeConvertible(String.class, Collection.class);
		converters.removeConvertible(Object.class, Collection.class);
	}

}
