package io.voldesk.kit.db;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** Jdbi makes each of its configurations by its constructor, found by reflection: a native executable has to be told of them. */
@RegisterForReflection(
        classNames = {
            "org.jdbi.v3.core.Handles",
            "org.jdbi.v3.core.argument.Arguments",
            "org.jdbi.v3.core.array.SqlArrayTypes",
            "org.jdbi.v3.core.collector.JdbiCollectors",
            "org.jdbi.v3.core.config.internal.ConfigCaches",
            "org.jdbi.v3.core.enums.Enums",
            "org.jdbi.v3.core.extension.Extensions",
            "org.jdbi.v3.core.internal.EnumStrategies",
            "org.jdbi.v3.core.internal.OnDemandExtensions",
            "org.jdbi.v3.core.mapper.ColumnMappers",
            "org.jdbi.v3.core.mapper.MapEntryMappers",
            "org.jdbi.v3.core.mapper.MapMappers",
            "org.jdbi.v3.core.mapper.Mappers",
            "org.jdbi.v3.core.mapper.RowMappers",
            "org.jdbi.v3.core.mapper.immutables.JdbiImmutables",
            "org.jdbi.v3.core.mapper.reflect.ReflectionMappers",
            "org.jdbi.v3.core.mapper.reflect.internal.PojoTypes",
            "org.jdbi.v3.core.qualifier.Qualifiers",
            "org.jdbi.v3.core.result.ResultProducers",
            "org.jdbi.v3.core.statement.SqlStatements",
            "org.jdbi.v3.core.statement.StatementExceptions",
            "org.jdbi.v3.core.transaction.SerializableTransactionRunner$Configuration"
        })
final class JdbiReflection {
    private JdbiReflection() {}
}
