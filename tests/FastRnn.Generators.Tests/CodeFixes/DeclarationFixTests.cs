using FastRnn.CodeFixes;

namespace FastRnn.Generators.Tests.CodeFixes;

public class DeclarationFixTests
{
    private const string Body =
        " { private readonly Mat<Hidden, Input> W; public Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h) => W * x + h; }\n";

    [Theory]
    [InlineData("/// <summary>A cell.</summary>\n[Cell]\npublic sealed class A",
        "/// <summary>A cell.</summary>\n[Cell]\npublic sealed partial class A", "Make 'A' partial")]
    [InlineData("[Cell] sealed /* final */ class A", "[Cell] sealed /* final */ partial class A", "Make 'A' partial")]
    public Task A_class_becomes_partial(string before, string after, string title) =>
        FixCase.Turns(new PartialFix(), "FRNN001", before + Body, after + Body, title);

    [Fact]
    public Task Types_around_it_become_partial_too() => FixCase.Turns(
        new PartialFix(), "FRNN001",
        "public static class Outer\n{\n    // inside\n    class Middle\n    {\n        [Cell] public sealed class A" + Body + "    }\n}\n",
        "public static partial class Outer\n{\n    // inside\n    partial class Middle\n    {\n        [Cell] public sealed partial class A"
        + Body + "    }\n}\n",
        "Make 'Outer', 'Middle', 'A' partial");

    [Fact]
    public Task Types_around_a_partial_class_become_partial() => FixCase.Turns(
        new PartialFix(), "FRNN004",
        "internal struct Outer { [Model, Input(3), Dense(2)] public sealed partial class A; }",
        "internal partial struct Outer { [Model, Input(3), Dense(2)] public sealed partial class A; }");

    [Theory]
    [InlineData("partial class Outer<T> { [Cell] public sealed partial class A", "}")]
    [InlineData("[Cell] file sealed partial class A", "")]
    public Task A_word_does_not_help_everywhere(string before, string after) =>
        FixCase.HasNone(new PartialFix(), "FRNN004", before + Body + after);

    [Theory]
    [InlineData("[Cell] public partial class A", "[Cell] public sealed partial class A")]
    [InlineData("[Cell]\n// the cell\npartial class A", "[Cell]\n// the cell\nsealed partial class A")]
    public Task A_class_becomes_sealed(string before, string after) =>
        FixCase.Turns(new SealedFix(), "FRNN002", before + Body, after + Body, "Make 'A' sealed");

    [Theory]
    [InlineData("[Model, Input(3), Dense(2)] public static partial class A;")]
    [InlineData("[Model, Input(3), Dense(2)] public abstract partial class A;")]
    [InlineData("[Model, Input(3), Dense(2)] public sealed partial record A;")]
    public Task What_is_something_else_on_purpose_is_left(string source) => FixCase.HasNone(new SealedFix(), "FRNN002", source);

    [Fact]
    public Task All_classes_of_a_document_become_partial_at_once() => FixCase.TurnsAll(
        new PartialFix(), "FRNN001",
        "[Cell] public sealed class A" + Body + "[Cell] public sealed class B" + Body
        + "[Model, Input(3), Dense(2)] public sealed class C;\n",
        "[Cell] public sealed partial class A" + Body + "[Cell] public sealed partial class B" + Body
        + "[Model, Input(3), Dense(2)] public sealed partial class C;\n");
}
