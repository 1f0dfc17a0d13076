using System.Runtime.CompilerServices;
using System.Runtime.Loader;

using FastRnn.Training;

namespace FastRnn.Compiler.Tests;

/// <summary>What is no longer used is unloaded, with everything that was made of it.</summary>
public class UnloadingTests
{
    private const int Models = 100;

    [Fact]
    public void A_hundred_models_leave_nothing()
    {
        using var folder = new TemporaryFolder();
        var dropped = Enumerable.Range(0, Models).Select(i => Use(folder, i)).ToList();
        Collect(dropped);
        Assert.Equal(0, dropped.Count(context => context.IsAlive));
    }

    [Fact]
    public void One_that_was_never_disposed_of_goes_too()
    {
        var dropped = Forget();
        Collect([dropped]);
        Assert.False(dropped.IsAlive);
    }

    [Fact]
    public void A_session_keeps_its_code()
    {
        var context = UseLater();
        Collect([context]);
        Assert.False(context.IsAlive);
    }

    /// <summary>Methods that run for the first time after the declaration was disposed of are compiled as ever.</summary>
    [Fact]
    public void A_model_goes_on_after_its_declaration()
    {
        var declaration = Texts.Compile<Declarations.Translate>();
        var model = declaration.Create(1);
        var info = declaration.Info;
        declaration.Dispose();
        using var trainer = model.CreateTrainer(new()
        {
            BatchSize = Batches.Sequences,
            SequenceLength = Batches.MaxSteps,
            SourceLength = Batches.MaxSource,
        });
        var batch = Batches.Of(info);
        Assert.True(double.IsFinite(trainer.Step(in batch).Loss));
    }

    // Everything is made and used, on threads of its own and on those of the process. Two texts take turns: most come from the cache.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Use(string folder, int i)
    {
        using var declaration = ModelCompiler.Compile(Texts.Small(40 + (i % 2)), new() { CacheFolder = folder });
        using var model = declaration.Create(i);
        var context = new WeakReference(ContextOf(model));
        using var session = model.CreateSession(new() { BatchSize = 4 });
        session.Step(new float[8], new float[4]);
        using var own = model.CreateSession(new() { BatchSize = 4, Threads = 2 });
        own.Step(new float[8], new float[4]);
        own.SetState(session.GetState());
        using var trainer = model.CreateTrainer(new()
        {
            BatchSize = 4,
            SequenceLength = 3,
            Threads = i % 3,
            Optimizer = new Adam(),
            MemoryBytes = 1 << 20,
        });
        trainer.Step(new float[24], new float[12]);
        using var predictor = model.CreatePredictor(new() { BatchSize = 2, SequenceLength = 3, Weights = WeightFormat.Int8 });
        predictor.Run(new float[12], new float[6]);
        using var evaluator = model.CreateEvaluator(new() { BatchSize = 2, SequenceLength = 3 });
        evaluator.LossSum(new float[12], new float[6]);
        return context;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Forget()
    {
        var session = ModelCompiler.Compile(Texts.Small(), Texts.NoCache).Create().CreateSession(new() { Threads = 2 });
        session.Step([1f, 2f], new float[1]);
        return new WeakReference(ContextOf(session));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference UseLater()
    {
        using var session = Keep(out var context);
        Collect([context]);
        Assert.True(context.IsAlive);
        var y = new float[1];
        session.Step([1f, 2f], y);
        Assert.NotEqual(0, y[0]);
        return context;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static CompiledSession Keep(out WeakReference context)
    {
        using var declaration = ModelCompiler.Compile(Texts.Small(), Texts.NoCache);
        using var model = declaration.Create();
        context = new WeakReference(ContextOf(model));
        return model.CreateSession();
    }

    private static AssemblyLoadContext ContextOf(object made) =>
        AssemblyLoadContext.GetLoadContext(made.GetType().GetGenericArguments()[0].Assembly)!;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Collect(IReadOnlyList<WeakReference> dropped)
    {
        for (var i = 0; i < 20 && dropped.Any(context => context.IsAlive); i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }
}
