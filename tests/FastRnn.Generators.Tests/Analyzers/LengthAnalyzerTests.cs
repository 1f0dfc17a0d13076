namespace FastRnn.Generators.Tests.Analyzers;

public class LengthAnalyzerTests
{
    [Theory]
    [InlineData("", "session.Step(x, [|new float[3]|]);")]
    [InlineData("", "session.Step([|[1f, 2]|], y);")]
    [InlineData("", "session.Step([|new float[] { 1, 2 }|], y);")]
    [InlineData("", "session.Step(x, [|stackalloc float[3]|]);")]
    [InlineData("", "Span<float> output = stackalloc float[3]; session.Step(x, [|output|]);")]
    [InlineData("", "var output = new float[1 + 2]; session.Step(x, [|output|]);")]
    [InlineData("", "session.Run([|new float[7]|], y);")]
    [InlineData("", "session.Run(new float[6], [|new float[3]|]);")]
    [InlineData("", "session.Run(x, [|new float[3]|]);")]
    [InlineData("new() { BatchSize = 2 }", "session.Step([|new float[3]|], y);")]
    [InlineData("options: new RunOptions { Threads = 1, BatchSize = 1 + 1 }", "session.Step(x, [|new float[2]|]);")]
    public Task A_constant_that_does_not_fit_is_a_warning(string arguments, string statements) =>
        UseCase.Finds("FRNN082", $"using var session = model.CreateSession({arguments}); {statements}");

    [Theory]
    [InlineData("using var session = letters.CreateSession(new() { BatchSize = 2 }); session.Step([|3|], y);")]
    [InlineData("using var session = letters.CreateSession(new() { BatchSize = 2 }); session.Step([|[1, 2, 3]|], y);")]
    [InlineData("using var session = letters.CreateSession(); session.Run([1, 2, 3], [|new float[20]|]);")]
    [InlineData(
        "using var session = new Session<Letters>(letters, new() { BatchSize = 2 }); session.Run([1, 2, 3, 4], [|new float[20]|]);")]
    public Task Tokens_are_counted_too(string statements) => UseCase.Finds("FRNN082", statements);

    [Theory]
    [InlineData(
        "using var session = model.CreateSession(); session.Step(new float[3], new float[2]); session.Step([1f, 2, 3], "
            + "stackalloc float[2]);")]
    [InlineData(
        "using var session = model.CreateSession(new() { BatchSize = 2 }); session.Step(new float[6], new float[4]); "
            + "session.Run(new float[18], new float[12]);")]
    [InlineData("using var session = model.CreateSession(new() { BatchSize = n }); session.Step(new float[5], new float[7]);")]
    [InlineData(
        "using var session = model.CreateSession(); session.Step(x, y); session.Run(new float[9], y); session.Step([..x], new float[n]);")]
    [InlineData("using var session = new Raw().CreateSession(); session.Step(new float[3], new float[4]);")]
    [InlineData("var output = new float[3]; output = new float[2]; using var session = model.CreateSession(); session.Step(x, output);")]
    [InlineData(
        "var session = model.CreateSession(new() { BatchSize = 2 }); session.Dispose(); session = model.CreateSession(); "
            + "session.Step(new float[3], y); session.Dispose();")]
    [InlineData("field!.Step(new float[5], new float[5]);")]
    [InlineData("using var session = model.CreateSession(); session.Step(new float[5].AsSpan(0, 3), new float[5].AsSpan(n));")]
    [InlineData(
        "using var session = letters.CreateSession(new() { BatchSize = 3 }); session.Step([1, 2, 3], new float[30]); "
            + "session.Run(new int[6], new float[60]);")]
    public Task What_fits_or_is_not_known_is_none(string statements) => UseCase.IsSilent(statements);
}
