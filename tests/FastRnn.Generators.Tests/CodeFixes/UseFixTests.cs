using FastRnn.CodeFixes;
using FastRnn.Generators.Tests.Analyzers;

namespace FastRnn.Generators.Tests.CodeFixes;

public class UseFixTests
{
    [Theory]
    [InlineData("// one\n        var session = model.CreateSession();\n        session.Run(x, y);",
        "// one\n        using var session = model.CreateSession();\n        session.Run(x, y);")]
    [InlineData("{ Session<Forecast> session = new(model); session.Run(x, y); }",
        "{ using Session<Forecast> session = new(model); session.Run(x, y); }")]
    public Task A_forgotten_session_is_disposed(string before, string after) => Turns(new DisposeFix(), "FRNN085", before, after);

    [Theory]
    [InlineData(
        "FRNN081",
        "// each\n        foreach (var one in xs)\n        {\n            using var session = model.CreateSession();\n"
            + "            session.Step(one, y);\n        }",
        "// each\n        using var session = model.CreateSession();\n        foreach (var one in xs)\n        {\n"
            + "            session.Step(one, y);\n        }")]
    [InlineData(
        "FRNN087",
        "using var session = model.CreateSession();\n        for (var i = 0; i < n; i++)\n        {\n"
            + "            var output = new float[2];\n            session.Step(x, output);\n            Look(output);\n        }",
        "using var session = model.CreateSession();\n        var output = new float[2];\n        for (var i = 0; i < n; i++)\n        {\n"
            + "            session.Step(x, output);\n            Look(output);\n        }")]
    [InlineData(
        "FRNN081",
        "// each\n        foreach (var one in xs)\n        {\n\n            // one stream,\n            /* and */ // one row\n"
            + "            using var session = model.CreateSession(); // of zeros\n            // a step\n            session.Step(one, "
            + "y);\n        }",
        "// each\n        // one stream,\n        /* and */ // one row\n        using var session = model.CreateSession(); // of zeros\n"
            + "        foreach (var one in xs)\n        {\n            // a step\n            session.Step(one, y);\n        }")]
    [InlineData(
        "FRNN081",
        "foreach (var one in xs) { /* one */ using var session = model.CreateSession(); session.Step(one, y); }",
        "using var session = model.CreateSession(); foreach (var one in xs) { /* one */ session.Step(one, y); }")]
    public Task What_is_made_in_each_round_is_made_before(string id, string before, string after) =>
        Turns(new HoistFix(), id, before, after);

    private static Task Turns(SourceFix fix, string id, string before, string after)
    {
        var (old, changed) = (UseCase.Program(before), UseCase.Program(after));
        return FixCase.Turns(fix, id, UseCase.Compilation(old), old, changed);
    }
}
