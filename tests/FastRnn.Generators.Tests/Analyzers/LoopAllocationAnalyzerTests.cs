namespace FastRnn.Generators.Tests.Analyzers;

public class LoopAllocationAnalyzerTests
{
    private const string Session = "using var session = model.CreateSession(); ";

    [Theory]
    [InlineData("foreach (var one in xs) { session.Step(one, [|new float[2]|]); }")]
    [InlineData("foreach (var one in xs) { var output = [|new float[2]|]; session.Step(one, output); Console.WriteLine(output[0]); }")]
    [InlineData("for (var i = 0; i < 9; i++) { var output = [|new float[n]|]; session.Run(xs[i], output); Look(output); }")]
    [InlineData(
        "const int Size = 2; while (true) { var output = [|new float[Size]|]; session.Step(x, output); if (output.Length > 3) { break; } "
            + "}")]
    public Task An_output_that_could_be_made_once_is_a_hint(string statements) => UseCase.Finds("FRNN087", Session + statements);

    [Theory]
    [InlineData("var output = new float[2]; foreach (var one in xs) { session.Step(one, output); }")]
    [InlineData(
        "var all = new List<float[]>(); foreach (var one in xs) { var output = new float[2]; session.Step(one, output); all.Add(output); "
            + "}")]
    [InlineData("for (var i = 0; i < n; i++) { var output = new float[2]; session.Step(xs[i], output); ys[i] = output; }")]
    [InlineData("foreach (var one in xs) { var output = new float[one.Length]; session.Run(one, output); }")]
    [InlineData("for (var i = 1; i < 9; i++) { var output = new float[i]; session.Run(x, output); }")]
    [InlineData("for (var i = 1; i < 9; i++) { var output = new float[n]; session.Run(x, output); n++; }")]
    [InlineData("foreach (var one in xs) { var output = new float[2]; session.Step(one, output); Use(output); }")]
    [InlineData(
        "foreach (var one in xs) { var output = new float[2]; session.Step(one, output); Action later = () => Use(output[0]); later(); "
            + "Use(later); }")]
    [InlineData("foreach (var one in xs) { var input = new float[3]; input[0] = 1; session.Step(input, y); }")]
    [InlineData("foreach (var one in xs) { var output = new float[2]; output[0] += 1; session.Step(one, output); }")]
    [InlineData("Parallel.ForEach(xs, one => { using var own = model.CreateSession(); own.Run(one, new float[2]); });")]
    [InlineData("session.Step(x, new float[2]);")]
    public Task An_output_that_is_kept_or_made_once_is_none(string statements) => UseCase.IsSilent(Session + statements);
}
