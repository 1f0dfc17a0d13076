namespace FastRnn.Generators.Tests.Analyzers;

public class SharedSessionAnalyzerTests
{
    private const string Session = "using var session = model.CreateSession(); ";

    [Theory]
    [InlineData("Parallel.For(0, n, i => [|session|].Step(xs[i], ys[i]));")]
    [InlineData("Parallel.For(0, n, i => { lock (gate) { Use(i); } [|session|].Step(xs[i], ys[i]); });")]
    [InlineData("Parallel.ForEach(xs, one => { var own = new float[2]; [|session|].Run(one, own); });")]
    [InlineData("Parallel.For(0, n, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i => [|session|].Step(xs[i], ys[i]));")]
    [InlineData("Parallel.ForEachAsync(xs, async (one, stop) => { await Task.Yield(); [|session|].Run(one, y); });")]
    [InlineData("xs.AsParallel().ForAll(one => [|session|].Step(one, new float[2]));")]
    [InlineData(
        "var tasks = new List<Task>(); foreach (var one in xs) { tasks.Add(Task.Run(() => [|session|].Step(one, y))); } Task.WaitAll([.. "
            + "tasks]);")]
    [InlineData("for (var i = 0; i < n; i++) { new Thread(() => [|session|].Step(x, y)).Start(); }")]
    [InlineData("for (var i = 0; i < n; i++) { ThreadPool.QueueUserWorkItem(_ => [|session|].Step(x, y)); }")]
    [InlineData("Parallel.For(0, n, i => [|field|]!.Step(xs[i], ys[i]));")]
    public Task Several_threads_in_one_session_are_a_warning(string statements) => UseCase.Finds("FRNN080", Session + statements);

    [Theory]
    [InlineData("using var trainer = model.CreateTrainer(new()); Parallel.ForEach(xs, one => [|trainer|].Step(one, y));")]
    [InlineData("using var evaluator = model.CreateEvaluator(new()); Parallel.ForEach(xs, one => [|evaluator|].LossSum(one, y));")]
    [InlineData("using var bptt = new Bptt<Forecast>(model, new()); Parallel.ForEach(xs, one => [|bptt|].Forward(one, y));")]
    [InlineData("using var inspector = new Inspector<Forecast>(model, new()); Parallel.ForEach(xs, one => [|inspector|].Forward(one));")]
    public Task Several_threads_in_another_runner_are_a_warning(string statements) => UseCase.Finds("FRNN080", statements);

    [Theory]
    [InlineData("Parallel.For(0, n, i => { using var own = model.CreateSession(); own.Step(xs[i], ys[i]); });")]
    [InlineData("Parallel.For(0, n, i => sessions[i].Step(xs[i], ys[i]));")]
    [InlineData(
        "Parallel.For(0, n, () => model.CreateSession(), (i, _, own) => { own.Step(xs[i], ys[i]); return own; }, own => own.Dispose());")]
    [InlineData("Parallel.For(0, n, i => { lock (gate) { session.Step(xs[i], ys[i]); } });")]
    [InlineData("Parallel.For(0, n, i => { Monitor.Enter(gate); session.Step(xs[i], ys[i]); Monitor.Exit(gate); });")]
    [InlineData("Parallel.For(0, n, new ParallelOptions { MaxDegreeOfParallelism = 1 }, i => session.Step(xs[i], ys[i]));")]
    [InlineData("Parallel.For(0, n, i => Use(session.BatchSize));")]
    [InlineData("Parallel.For(0, n, i => perThread!.Step(xs[i], ys[i]));")]
    [InlineData("Task.Run(() => session.Step(x, y)).Wait();")]
    [InlineData("foreach (var one in xs) { Task.Run(() => session.Step(one, y)).Wait(); }")]
    [InlineData("foreach (var one in xs) { var thread = new Thread(() => session.Step(one, y)); thread.Start(); thread.Join(); }")]
    [InlineData("foreach (var own in sessions) { Task.Run(() => own.Step(x, y)); }")]
    [InlineData("foreach (var one in xs) { var own = sessions[0]; Task.Run(() => own.Step(one, y)); }")]
    [InlineData("foreach (var one in xs.Select(one => { session.Step(one, y); return y; })) { Use(one); }")]
    public Task One_thread_at_a_time_is_none(string statements) => UseCase.IsSilent(Session + statements);
}
