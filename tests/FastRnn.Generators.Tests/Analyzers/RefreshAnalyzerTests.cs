using FastRnn.Inference;

namespace FastRnn.Generators.Tests.Analyzers;

public class RefreshAnalyzerTests
{
    private const string Session = "using var session = model.CreateSession(); ";

    [Theory]
    [InlineData("[|model.Parameters[0] = 1|]; session.Step(x, y);")]
    [InlineData("[|model.Parameters[0] += 1|]; if (n > 0) { session.Run(x, y); }")]
    [InlineData("[|model.Parameters[0]++|]; session.Step(x, y);")]
    [InlineData("[|model.Parameters.Clear()|]; session.Step(x, y);")]
    [InlineData("[|model.Parameter(0, \"b\").Fill(1)|]; session.Step(x, y);")]
    [InlineData("[|x.CopyTo(model.Parameters)|]; session.Step(x, y);")]
    [InlineData("[|x.AsSpan().CopyTo(model.Parameters[3..])|]; session.Step(x, y);")]
    [InlineData("var all = model.Parameters; for (var i = 0; i < all.Length; i++) { [|all[i] = i|]; } session.Step(x, y);")]
    [InlineData("model.Refresh(); [|model.Parameters[^1] = 1|]; session.Step(x, y); model.Refresh();")]
    [InlineData("if (n > 0) { [|model.Parameters[0] = 1|]; } session.Step(x, y);")]
    public Task A_run_after_a_change_without_refresh_is_a_warning(string statements) => UseCase.Finds("FRNN086", Session + statements);

    [Fact]
    public Task A_trainer_is_a_run_too() => UseCase.Finds(
        "FRNN086", "using var trainer = kept.CreateTrainer(new()); [|kept.Parameters[0] = 1|]; trainer.Step(x, y);");

    [Theory]
    [InlineData("using var run = kept.CreateSession(weights: WeightFormat.Float32); [|kept.Parameters[0] = 1|]; run.Step(x, y);")]
    [InlineData("using var half = kept.CreateSession(weights: WeightFormat.BFloat16); using var run = kept.CreateSession(); [|kept.Parameters[0] = 1|]; half.Step(x, y); run.Step(x, y);")]
    public Task A_session_in_single_precision_reads_copies(string statements) => UseCase.Finds("FRNN086", statements);

    [Theory]
    [InlineData("using var run = kept.CreateSession(weights: WeightFormat.BFloat16); kept.Parameters[0] = 1; run.Step(x, y);")]
    [InlineData("using var run = new Session<Forecast>(kept, 1, 1, WeightFormat.BFloat16); kept.Parameters[0] = 1; run.Step(x, y);")]
    [InlineData("kept.Parameters[0] = 1; using var run = kept.CreateSession(1, 1, WeightFormat.BFloat16); run.Step(x, y);")]
    [InlineData("var format = n > 0 ? WeightFormat.BFloat16 : WeightFormat.Float32; using var run = kept.CreateSession(weights: format); kept.Parameters[0] = 1; run.Step(x, y);")]
    public Task A_session_with_weights_of_its_own_has_nothing_to_refresh(string statements) => UseCase.IsSilent(statements);

    [Theory]
    [InlineData("model.Parameters[0] = 1; model.Refresh(); session.Step(x, y);")]
    [InlineData("var all = model.Parameters; all[0] = 1; model.Refresh(); session.Step(x, y); all[0] = 2; model.Refresh();")]
    [InlineData("session.Step(x, y); model.Parameters[0] = 1;")]
    [InlineData("Use(model.Parameters[0]); model.Parameters.CopyTo(x); session.Step(x, y);")]
    [InlineData("model.Parameters[0] = 1; Use(model); session.Step(x, y);")]
    [InlineData("model.Parameters[0] = 1; Action refresh = model.Refresh; refresh(); session.Step(x, y);")]
    [InlineData("if (n > 0) { model.Parameters[0] = 1; } else { session.Step(x, y); }")]
    [InlineData("if (n > 0) { model.Parameters[0] = 1; return; } session.Step(x, y);")]
    [InlineData("var other = new Forecast(); other.Parameters[0] = 1; session.Step(x, y);")]
    [InlineData("model.Parameters[0] = 1; field!.Step(x, y);")]
    [InlineData("model.Parameters[0] = 1; Forecast.Load(\"model\").Parameters.CopyTo(x); model.Save(\"model\");")]
    [InlineData("switch (n) { case 1: model.Parameters[0] = 1; break; default: session.Step(x, y); break; }")]
    public Task Whatever_may_be_refreshed_is_none(string statements) => UseCase.IsSilent(Session + statements);
}
