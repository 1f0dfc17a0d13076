using FastRnn.CodeFixes;

namespace FastRnn.Generators.Tests.CodeFixes;

public class CellFixTests
{
    [Theory]
    [InlineData(
        "public (Vec<Hidden> h, Vec<Hidden> c) Step(Vec<Input> x, Vec<Hidden> h) => (W * x + h, h);",
        "public (Vec<Hidden> h, Vec<Hidden> c) Step(Vec<Input> x, Vec<Hidden> h, Vec<Hidden> c) => (W * x + h, h);")]
    [InlineData(
        "public (Vec<Hidden> h, Vec<Input> last) Step(Vec<Input> x, Vec<Hidden> h /* state */)\n    {\n        return (W * x + h, x);\n"
            + "    }",
        "public (Vec<Hidden> h, Vec<Input> last) Step(Vec<Input> x, Vec<Hidden> h /* state */, Vec<Input> last)\n    {\n"
            + "        return (W * x + h, x);\n    }")]
    [InlineData(
        "public (Vec<Hidden> h, Vec<Hidden> c) Step(Vec<Input> x, Vec<Hidden> h)\n    {\n        // memory\n        var c = Tanh(W * x); "
            + "// new\n        return (c + h, c);\n    }",
        "public (Vec<Hidden> h, Vec<Hidden> c) Step(Vec<Input> x, Vec<Hidden> h, Vec<Hidden> c)\n    {\n        // memory\n"
            + "        c = Tanh(W * x); // new\n        return (c + h, c);\n    }")]
    public Task A_returned_state_is_taken(string before, string after) =>
        FixCase.Turns(new StateFix(), "FRNN013", Cell(before), Cell(after));

    [Theory]
    [InlineData(
        "public Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h, Vec<Hidden> c) => W * x + h + c;",
        "public (Vec<Hidden> h, Vec<Hidden> c) Step(Vec<Input> x, Vec<Hidden> h, Vec<Hidden> c) => (W * x + h + c, c);")]
    [InlineData(
        "public Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h, Vec<Hidden> c)\n    {\n        c = W * x; // new\n        return c + h; "
            + "// the output\n    }",
        "public (Vec<Hidden> h, Vec<Hidden> c) Step(Vec<Input> x, Vec<Hidden> h, Vec<Hidden> c)\n    {\n        c = W * x; // new\n"
            + "        return (c + h, c); // the output\n    }")]
    [InlineData(
        "public (Vec<Hidden> h, Vec<Hidden> c) Step(Vec<Input> x, Vec<Hidden> h, Vec<Hidden> c, Vec<Hidden> m) => (W * x + h + m, c);",
        "public (Vec<Hidden> h, Vec<Hidden> c, Vec<Hidden> m) Step(Vec<Input> x, Vec<Hidden> h, Vec<Hidden> c, "
            + "Vec<Hidden> m) => (W * x + h + m, c, m);")]
    public Task A_taken_state_is_returned(string before, string after) =>
        FixCase.Turns(new StateFix(), "FRNN014", Cell(before), Cell(after));

    [Theory]
    [InlineData("FRNN013", "public (Vec<Hidden> h, Vec<Hidden> d) Step(Vec<Input> x, Vec<Hidden> h, Vec<Hidden> c) => (W * x + h + c, h);")]
    [InlineData("FRNN013",
        "public (Vec<Hidden> h, Vec<Hidden> c) Step(Vec<Input> x, Vec<Hidden> h) { Vec<Hidden> c = W * x, d = h; return (c + d, c); }")]
    [InlineData("FRNN013",
        "public (Vec<Hidden> h, Vec<Hidden> c) Step(Vec<Input> x, Vec<Hidden> h) { var (c, d) = (W * x, h); return (c + d, c); }")]
    public Task Two_names_may_be_one_state(string id, string step) => FixCase.HasNone(new StateFix(), id, Cell(step));

    [Theory]
    [InlineData("1 / 2", "1.0 / 2")]
    [InlineData("(1 + 2) / 3", "(1 + 2) / 3.0")]
    [InlineData("/* half */ 1_0 /* of */ / 20u", "/* half */ 1_0.0 /* of */ / 20u")]
    public Task A_quotient_is_a_number(string before, string after) => FixCase.Turns(
        new NumberFix(), "FRNN024", Cell($"public Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h) => W * x + {before} * h;"),
        Cell($"public Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h) => W * x + {after} * h;"));

    [Fact]
    public Task Which_integer_of_many_was_meant_is_not_known() => FixCase.HasNone(
        new NumberFix(), "FRNN024", Cell("public Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h) => W * x + (1 + 1) / (1 + 2) * h;"));

    [Theory]
    [InlineData("private readonly Vec<Hidden> a, /* and */ b;\n    ", "private readonly Vec<Hidden> a;\n    ")]
    [InlineData("private readonly Vec<Hidden> a;\n    // no more\n    private readonly Vec<Hidden> b;\n    ",
        "private readonly Vec<Hidden> a;\n    ")]
    public Task An_unused_parameter_is_removed(string before, string after)
    {
        const string Step = "public Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h) => W * x + h + a;";
        return FixCase.Turns(new UnusedFix(), "FRNN031", Cell(before + Step), Cell(after + Step), "Remove the parameter 'b'");
    }

    [Theory]
    [InlineData("[Cell]\n[StoredTensor(\"w\", \"W\")]\n[StoredTensor(\"b\", \"b\")]\n[StoredTensor(\"b2\", \"+b\")]",
        "[Cell]\n[StoredTensor(\"w\", \"W\")]")]
    [InlineData("[Cell, StoredTensor(\"w\", \"W\"), StoredTensor(\"b\", nameof(a), nameof(b))]",
        "[Cell, StoredTensor(\"w\", \"W\"), StoredTensor(\"b\", nameof(a))]")]
    public Task Stored_tensors_forget_it(string before, string after)
    {
        var a = after.Contains("nameof", StringComparison.Ordinal);
        string Class(string attributes, string fields) =>
            $"{attributes}\npublic sealed partial class A\n{{\n    private readonly Mat<Hidden, Input> W;\n"
                + $"    private readonly Vec<Hidden> {fields};\n"
            + "    public Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h) => W * x + h + a;\n}\n";
        return FixCase.Turns(
            new UnusedFix(), "FRNN031", Class(a ? before : before + "\n[StoredTensor(\"a\", \"a\")]", "a, b"),
            Class(a ? after : after + "\n[StoredTensor(\"a\", \"a\")]", "a"));
    }

    [Fact]
    public Task A_parameter_of_a_dead_value_goes_after_it() => FixCase.HasNone(
        new UnusedFix(), "FRNN031",
        Cell("private readonly Mat<Hidden, Input> V;\n    public Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h) { var dead = V * x; "
            + "return W * x + h; }"));

    [Fact]
    public Task A_dead_value_of_a_tuple_stays_with_the_others() => FixCase.HasNone(
        new UnusedFix(), "FRNN032",
        Cell("public Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h) { var p = x; (p, h) = (2 * x, W * x + h); return h; }"));

    [Theory]
    [InlineData("// unused\n        var dead = Tanh(h);\n        ", "")]
    [InlineData("var y = x;\n        x = 2 * y;\n        y *= 3; // again\n        ", "var y = x;\n        x = 2 * y;\n        ")]
    public Task A_dead_value_is_removed(string before, string after)
    {
        string Step(string statements) =>
            Cell($"public Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h)\n    {{\n        {statements}return W * x + h;\n    }}");
        return FixCase.Turns(new UnusedFix(), "FRNN032", Step(before), Step(after));
    }

    [Theory]
    [InlineData("[Cell]\n[StoredTensor(\"w\", \"W\")] // the matrix",
        "[Cell]\n[StoredTensor(\"w\", \"W\")] // the matrix\n[StoredTensor(\"b\", \"b\")]")]
    [InlineData("[Cell, StoredTensor(\"w\", \"W\")]", "[Cell, StoredTensor(\"w\", \"W\"), StoredTensor(\"b\", \"b\")]")]
    public Task A_parameter_gets_a_tensor(string before, string after) => FixCase.Turns(
        new TensorFix(), "FRNN036", before + "\n" + Biased, after + "\n" + Biased);

    [Theory]
    [InlineData("[Cell, StoredTensor(\"w\", \"W\"), StoredTensor(\"b\", \"b\", \"b\")]")]
    [InlineData("[Cell, StoredTensor(\"w\", nameof(A.W))]")]
    public Task Which_tensor_was_meant_is_not_known(string attributes) =>
        FixCase.HasNone(new TensorFix(), "FRNN036", attributes + "\n" + Biased);

    private const string Biased = """
        public sealed partial class A
        {
            private readonly Mat<Hidden, Input> W;
            private readonly Vec<Hidden> b;
            public Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h) => W * x + h + b;
        }
        """;

    private static string Cell(string members) =>
        $"[Cell]\npublic sealed partial class A\n{{\n    private readonly Mat<Hidden, Input> W;\n    {members}\n}}\n";
}
