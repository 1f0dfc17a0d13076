using FastRnn.Compiler.Tests.Declarations;
using FastRnn.Files;

namespace FastRnn.Compiler.Tests;

/// <summary>What is used wrongly says so, as the declared model does.</summary>
public class MisuseTests
{
    [Fact]
    public void What_was_disposed_of()
    {
        var declaration = ModelCompiler.Compile(Texts.Small(), Texts.NoCache);
        var model = declaration.Create();
        var session = model.CreateSession();
        declaration.Dispose();
        declaration.Dispose();
        Assert.Throws<ObjectDisposedException>(() => declaration.Create());
        Assert.Throws<ObjectDisposedException>(() => declaration.Load("none"));
        Assert.Throws<ObjectDisposedException>(() => declaration.Info);

        // The model goes on: it keeps its code loaded.
        session.Step([1f, 2f], new float[1]);
        model.Dispose();
        model.Dispose();
        session.Step([1f, 2f], new float[1]);
        Assert.Throws<ObjectDisposedException>(() => model.CreateSession());
        session.Dispose();
        Assert.Throws<ObjectDisposedException>(() => session.Step([1f, 2f], new float[1]));
    }

    [Fact]
    public void Wrong_sizes()
    {
        using var declaration = ModelCompiler.Compile(Texts.Small(), Texts.NoCache);
        using var model = declaration.Create();
        using var session = model.CreateSession();
        Assert.Throws<ArgumentException>(() => session.Step([1f], new float[1]));
        Assert.Throws<ArgumentException>(() => session.Step([1f, 2f], new float[2]));
        Assert.Throws<InvalidOperationException>(() => session.Step(3, new float[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.CreateSession(new() { BatchSize = 0 }));
        Assert.Throws<ArgumentException>(() => model.Parameter(0, "none"));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.CreateState(0));
        using var trainer = model.CreateTrainer(new() { SequenceLength = 3 });
        Assert.Throws<ArgumentException>(() => trainer.Step(new float[6], new float[4]));
    }

    [Fact]
    public void What_belongs_to_another_declaration()
    {
        using var one = ModelCompiler.Compile(Texts.Small(), Texts.NoCache);
        using var two = ModelCompiler.Compile(Texts.Small(), Texts.NoCache);
        using var first = one.Create();
        using var second = two.Create();
        using var session = second.CreateSession();
        var state = first.CreateState();
        var error = Assert.Throws<ArgumentException>(() => session.SetState(state));
        Assert.StartsWith("It is a state of another declaration than that of Small.", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => state.CopyTo(second.CreateState()));
        Assert.Throws<ArgumentException>(() => state.Save(new MemoryStream(), second));
        Assert.Throws<ArgumentNullException>(() => session.GetState(null!));
        Assert.False(state.Equals(second.CreateState()));
    }

    [Fact]
    public void Files_of_another_model()
    {
        using var folder = new TemporaryFolder();
        using var declaration = ModelCompiler.Compile(Texts.Small(), Texts.NoCache);
        using (var other = new Chain())
            other.Save(folder.File("chain"));
        Assert.Throws<ModelFileException>(() => declaration.Load(folder.File("chain")));
        Assert.Throws<ModelFileException>(() => declaration.Load(folder.File("none")));
        Assert.Throws<ArgumentNullException>(() => declaration.Load(folder.File("chain"), null!));
    }

    [Fact]
    public void Nothing_at_all()
    {
        Assert.Throws<ArgumentNullException>(() => ModelCompiler.Compile((string)null!));
        Assert.Throws<ArgumentNullException>(() => ModelCompiler.Compile((ModelSpec)null!));
        Assert.Throws<ArgumentNullException>(() => ModelCompiler.Compile("", Texts.NoCache with { References = null! }));
        Assert.Throws<ArgumentNullException>(() => ModelCompiler.Compile("", Texts.NoCache with { Path = null! }));
        Assert.Throws<ArgumentOutOfRangeException>(() => ModelCompiler.Compile("", Texts.NoCache with { Width = (SimdWidth)7 }));
    }

    [Fact]
    public void Two_threads_in_one_session()
    {
        // One object, one mark: that of the generated class's own session. A second name of it is not there to be had.
        using var declaration = ModelCompiler.Compile(Texts.Small(), Texts.NoCache);
        using var model = declaration.Create();
        Parallel.For(0, 8, _ =>
        {
            using var session = model.CreateSession(new() { Threads = 1 });
            for (var i = 0; i < 50; i++)
                session.Step([0.1f * i, 1f], new float[1]);
        });
    }
}
