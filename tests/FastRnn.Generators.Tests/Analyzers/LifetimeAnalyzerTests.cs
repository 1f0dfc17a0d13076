namespace FastRnn.Generators.Tests.Analyzers;

public class LifetimeAnalyzerTests
{
    [Theory]
    [InlineData("[|model.CreateSession()|].Step(x, y);")]
    [InlineData("[|new Session<Forecast>(model)|].Step(x, y);")]
    [InlineData("foreach (var one in xs) { using var session = [|model.CreateSession()|]; session.Step(one, y); }")]
    [InlineData("while (n-- > 0) { using (var session = [|kept.CreateSession(new() { Threads = 1 })|]) { session.Step(x, y); } }")]
    [InlineData(
        "for (var i = 0; i < n; i++) { var session = [|new Session<Forecast>(model)|]; session.Step(xs[i], ys[i]); session.Dispose(); }")]
    [InlineData(
        "foreach (var one in xs) { using var trainer = [|model.CreateTrainer(new() { SequenceLength = 1 })|]; trainer.Step(one, y); }")]
    [InlineData("foreach (var one in xs) { using var session = [|model.CreateSession(new() { BatchSize = n })|]; session.Step(one, y); }")]
    public Task One_step_is_no_life(string statements) => UseCase.Finds("FRNN081", statements);

    [Theory]
    [InlineData("using var session = model.CreateSession(); foreach (var one in xs) { session.Step(one, y); }")]
    [InlineData("foreach (var one in xs) { using var session = model.CreateSession(); session.Run(one, y); }")]
    [InlineData("foreach (var one in xs) { using var session = model.CreateSession(); session.Step(one, y); session.Step(one, y); }")]
    [InlineData(
        "foreach (var one in xs) { using var session = model.CreateSession(); for (var t = 0; t < n; t++) { session.Step(one, y); } }")]
    [InlineData(
        "foreach (var one in xs) { using var session = model.CreateSession(); session.SetState(0, 0, one); session.Step(one, y); }")]
    [InlineData(
        "for (var seed = 0; seed < n; seed++) { var own = new Forecast(seed); using var session = own.CreateSession(); session.Step(x, y); "
            + "}")]
    [InlineData("foreach (var one in new[] { model, kept }) { using var session = one.CreateSession(); session.Step(x, y); }")]
    [InlineData("for (var seed = 0; seed < n; seed++) { using var session = new Forecast(seed).CreateSession(); session.Step(x, y); }")]
    [InlineData("using var session = model.CreateSession(); session.Step(x, y);")]
    [InlineData(
        "using var session = model.CreateSession(); foreach (var one in xs) { using var fork = session.Fork(); fork.Step(one, y); }")]
    [InlineData(
        "foreach (var one in xs) { using var session = model.CreateSession(); Action step = () => session.Step(one, y); step(); step(); }")]
    [InlineData(
        "foreach (var size in tokens) { using var session = model.CreateSession(new() { BatchSize = size }); session.Step(x, y); }")]
    [InlineData(
        "foreach (var rate in x) { using var trainer = model.CreateTrainer(new() { Optimizer = new Adam(rate) }); trainer.Step(x, y); }")]
    [InlineData(
        "foreach (var one in xs) { var size = one.Length; using var session = new Session<Forecast>(model, new() { BatchSize = size }); "
            + "session.Step(x, y); }")]
    [InlineData("while (--n > 0) { using var session = model.CreateSession(new() { BatchSize = n }); session.Step(x, y); }")]
    [InlineData(
        "var size = 1; while (size < n) { using var session = model.CreateSession(new() { BatchSize = size }); session.Step(x, y); "
            + "size *= 2; }")]
    [InlineData(
        "foreach (var text in new[] { \"1\", \"2\" }) { int.TryParse(text, out n); "
            + "using var session = model.CreateSession(new() { BatchSize = n }); session.Step(x, y); }")]
    public Task A_life_of_more_than_a_step_is_one(string statements) => UseCase.IsSilent(statements);

    [Theory]
    [InlineData("var [|session|] = model.CreateSession(); session.Step(x, y);")]
    [InlineData(
        "Session<Forecast> [|session|] = new(model, new() { BatchSize = 2, Threads = 1 }); session.Reset(); "
            + "Console.WriteLine(session.BatchSize);")]
    [InlineData("var [|trainer|] = model.CreateTrainer(new()); trainer.Step(x, y); trainer.Step(x, y);")]
    [InlineData("var [|predictor|] = model.CreatePredictor(new() { SequenceLength = 2 }); predictor.Run(new SequenceBatch { X = x }, y);")]
    [InlineData("var [|generator|] = letters.CreateGenerator();")]
    [InlineData(
        "var [|evaluator|] = new Evaluator<Forecast>(model, new() { SequenceLength = 2 }); Console.WriteLine(evaluator.LossSum(x, y));")]
    [InlineData("var [|evaluator|] = model.CreateEvaluator(new()); Console.WriteLine(evaluator.LossSum(x, y));")]
    [InlineData("var [|bptt|] = new Bptt<Forecast>(model, new()); bptt.Forward(x, y); bptt.Backward(y);")]
    [InlineData(
        "var [|inspector|] = new Inspector<Forecast>(model, new()); inspector.Forward(x); "
            + "Console.WriteLine(inspector.BackwardFromLoss(y));")]
    [InlineData("[|new Bptt<Forecast>(model, new())|].Forward(x, y);")]
    [InlineData("[|model.CreateSession()|].Run(x, y);")]
    [InlineData("using var session = model.CreateSession(); var [|fork|] = session.Fork(); fork.Step(x, y);")]
    [InlineData("var [|session|] = model.CreateSession(); using var fork = session.Fork(); fork.Step(x, y);")]
    [InlineData("Action run = () => { var [|session|] = model.CreateSession(); session.Run(x, y); };")]
    public Task What_is_never_disposed_of_is_a_warning(string statements) => UseCase.Finds("FRNN085", statements);

    [Theory]
    [InlineData("using var session = model.CreateSession(); session.Run(x, y);")]
    [InlineData("using (var session = model.CreateSession()) { session.Run(x, y); }")]
    [InlineData("var session = model.CreateSession(); try { session.Run(x, y); } finally { session.Dispose(); }")]
    [InlineData("var session = model.CreateSession(); session?.Dispose();")]
    [InlineData("var session = model.CreateSession(); Use(session);")]
    [InlineData("var session = model.CreateSession(); sessions.Add(session);")]
    [InlineData("var session = model.CreateSession(); field = session;")]
    [InlineData("var session = model.CreateSession(); using var other = session; other.Run(x, y);")]
    [InlineData("var session = model.CreateSession(); Action step = () => session.Step(x, y); Use(step);")]
    [InlineData("var session = model.CreateSession(); Action end = session.Dispose; Use(end);")]
    [InlineData("var session = model.CreateSession(); var all = new[] { session }; Use(all);")]
    [InlineData("field = model.CreateSession(); sessions.Add(model.CreateSession());")]
    [InlineData(
        "Func<Session<Forecast>> make = () => { var session = model.CreateSession(); session.Reset(); return session; }; Use(make);")]
    [InlineData("Func<Session<Forecast>> make = () => model.CreateSession(); Use(make);")]
    [InlineData("var session = model.CreateSession(); session.Run(x, y); ((IDisposable)session).Dispose();")]
    [InlineData("var session = n > 0 ? model.CreateSession() : null; session?.Run(x, y);")]
    public Task What_is_disposed_or_handed_on_is_none(string statements) => UseCase.IsSilent(statements);
}
