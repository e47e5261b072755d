package io.voldesk.e2e;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.annotatedWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noConstructors;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The dependency rules of the house, read from the compiled classes of every module. */
class ArchitectureTest {
    private static final String[] SERVICES = {
        "io.voldesk.tradesync..",
        "io.voldesk.analytics..",
        "io.voldesk.snapshot..",
        "io.voldesk.alert..",
        "io.voldesk.gateway.."
    };

    private static final List<String> MODULES = List.of(
            "shared-model",
            "deploy/service-kit",
            "trade-sync-service",
            "analytics-service",
            "snapshot-service",
            "alert-service",
            "gateway");

    private static JavaClasses house;

    @BeforeAll
    static void read() {
        house = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPaths(MODULES.stream()
                        .map(module -> Path.of("../..", module, "target/classes/io/voldesk"))
                        .toList());
        assertTrue(house.size() > 200, () -> "only " + house.size() + " classes were found: build the modules first");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tradesync", "analytics", "snapshot", "alert", "gateway"})
    void noServiceKnowsAnother(String service) {
        String[] others = List.of("tradesync", "analytics", "snapshot", "alert", "gateway").stream()
                .filter(other -> !other.equals(service))
                .map(other -> "io.voldesk." + other + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage("io.voldesk." + service + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .check(house);
    }

    @Test
    void theModelKnowsOnlyTheJdkAndJacksonsAnnotations() {
        classes()
                .that()
                .resideInAPackage("io.voldesk.model..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "java..",
                        "io.voldesk.model..",
                        "com.fasterxml.jackson.annotation..",
                        "org.jspecify.annotations.."))
                .check(house);
    }

    /** Special functions, linear algebra and optimisers come from well-kept libraries; no framework and no I/O do. */
    @Test
    void theKernelIsPure() {
        classes()
                .that()
                .resideInAPackage("io.voldesk.quant..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "java.lang..",
                        "java.util..",
                        "io.voldesk.quant..",
                        "org.apache.commons.numbers..",
                        "org.hipparchus.."))
                .check(house);
    }

    @Test
    void theKitKnowsNoServiceAndServicesKnowOnlyKitAndModel() {
        noClasses()
                .that()
                .resideInAPackage("io.voldesk.kit..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.voldesk..")
                        .and(resideInAPackage("io.voldesk.kit..").negate()))
                .check(house);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tradesync", "analytics", "snapshot", "alert", "gateway"})
    void featuresFormNoCycle(String service) {
        slices().matching("io.voldesk." + service + ".(*)..")
                .should()
                .beFreeOfCycles()
                .check(house);
    }

    @Test
    void wireFormatsStayBesideTheirClient() {
        noClasses()
                .that(resideInAPackage("io.voldesk.tradesync..")
                        .and(resideInAPackage("..alpha..").negate()))
                .should()
                .dependOnClassesThat()
                .haveSimpleName("AlphaPage")
                .check(house);
    }

    /**
     * Made while a native executable is built: what is injected into them then is the build machine's. They may ask a bean of the
     * application's scope, which is made when it is first called.
     */
    @Test
    void whatIsMadeAtBuildTimeIsGivenNoConfiguration() {
        noConstructors()
                .that()
                .areDeclaredInClassesThat(annotatedWith("jakarta.ws.rs.ext.Provider")
                        .or(assignableTo("jakarta.ws.rs.container.ContainerRequestFilter"))
                        .or(assignableTo("jakarta.ws.rs.container.ContainerResponseFilter"))
                        .or(assignableTo("jakarta.ws.rs.ext.ExceptionMapper"))
                        .or(assignableTo("jakarta.ws.rs.ext.ParamConverterProvider"))
                        .or(assignableTo("io.quarkus.jackson.ObjectMapperCustomizer"))
                        .or(assignableTo("io.vertx.core.spi.VertxServiceProvider")))
                .should(new ArchCondition<>("have a parameter of the configuration") {
                    @Override
                    public void check(JavaConstructor constructor, ConditionEvents events) {
                        for (var parameter : constructor.getParameters()) {
                            boolean configured =
                                    parameter.isAnnotatedWith("org.eclipse.microprofile.config.inject.ConfigProperty");
                            events.add(new SimpleConditionEvent(constructor, configured, constructor.getDescription()));
                        }
                    }
                })
                .check(house);
    }

    @Test
    void nothingNeedsADesktop() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.awt..")
                .check(house);
    }

    @Test
    void servicesLogAndDoNotPrint() {
        noClasses()
                .that()
                .resideInAnyPackage(SERVICES)
                .or()
                .resideInAPackage("io.voldesk.kit..")
                .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
                .check(house);
    }

    @Test
    void nobodyReachesIntoAService() {
        noClasses()
                .that()
                .resideOutsideOfPackages(SERVICES)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(SERVICES)
                .check(house);
    }
}
