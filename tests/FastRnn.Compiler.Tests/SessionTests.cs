using FastRnn.Compiler.Tests.Declarations;

namespace FastRnn.Compiler.Tests;

/// <summary>Sessions, their states and parameters by name, without the class.</summary>
public sealed class SessionTests : IDisposable
{
    private readonly CompiledDeclaration declaration = Texts.Compile<Chain>();
    private readonly CompiledModel compiled;
    private readonly Chain declared = new(seed: 2);

    public SessionTests() => compiled = declaration.Create(seed: 2);

    [Fact]
    public void Steps_and_runs_have_the_bits_of_the_declared_model()
    {
        using var actual = compiled.CreateSession(new() { BatchSize = 2 });
        using var expected = declared.CreateSession(new() { BatchSize = 2 });
        var (y, other) = (new float[3 * 2 * 11], new float[3 * 2 * 11]);
        foreach (var tokens in new int[][] { [1, 2], [3, 4], [10, 0] })
        {
            actual.Step(tokens, y.AsSpan(0, 22));
            expected.Step(tokens, other.AsSpan(0, 22));
            Texts.SameBits(other, y);
        }

        actual.Run([1, 2, 3, 4, 5, 6], y);
        expected.Run([1, 2, 3, 4, 5, 6], other);
        Texts.SameBits(other, y);

        actual.Reset(1);
        expected.Reset(1);
        var (state, otherState) = (new float[24], new float[24]);
        actual.GetState(0, "c", state);
        expected.GetState(0, 1, otherState);
        Texts.SameBits(otherState, state);
        Assert.Equal(2, actual.BatchSize);
    }

    [Fact]
    public void Vectors_go_through_sessions_too()
    {
        using var own = Texts.Compile<OwnCell>();
        using var actual = own.Create(1).CreateSession();
        using var model = new OwnCell(1);
        using var expected = model.CreateSession();
        var (y, other) = (new float[6], new float[6]);
        actual.Run(Texts.Numbers(12), y);
        expected.Run(Texts.Numbers(12), other);
        Texts.SameBits(other, y);
        actual.Step([1f, 2f, 3f, 4f], y.AsSpan(0, 2));
        expected.Step([1f, 2f, 3f, 4f], other.AsSpan(0, 2));
        Texts.SameBits(other, y);
    }

    [Fact]
    public void A_state_is_a_value()
    {
        using var folder = new TemporaryFolder();
        using var session = compiled.CreateSession();
        float[] y = new float[11], again = new float[11];
        session.Step(3, y);
        var state = session.GetState();
        state.Save(folder.File("state"), compiled);
        using var fork = session.Fork();
        session.Step(4, y);
        fork.Step(4, again);
        Texts.SameBits(y, again);

        Assert.NotEqual(state, session.GetState());
        session.SetState(state);
        Assert.Equal(state, session.GetState());
        session.Step(4, again);
        Texts.SameBits(y, again);

        var read = compiled.LoadState(folder.File("state"));
        Assert.Equal(state, read);
        Assert.Equal(state.GetHashCode(), read.GetHashCode());
        Assert.True(read.Values(0, "h").SequenceEqual(state.Values(0, 0)));

        using var stream = new MemoryStream();
        state.Save(stream, compiled);
        stream.Position = 0;
        Assert.Equal(state, compiled.LoadState(stream));

        var two = compiled.CreateState(2);
        state.CopyStream(0, two, 1);
        using var both = compiled.CreateSession(new() { BatchSize = 2 });
        both.SetStream(0, two, 1);
        both.GetStream(0, two, 0);
        Assert.True(two.Values(0, 1, 0).SequenceEqual(state.Values(0, 1)));
        var copy = two.Clone();
        copy.Clear();
        Assert.NotEqual(two, copy);
        two.CopyTo(copy);
        Assert.Equal(two, copy);
        Assert.Equal(0, copy.CountLost());
    }

    [Fact]
    public void Parameters_are_read_and_changed_by_name()
    {
        Texts.SameBits(declared.Parameter(0, "Wi"), compiled.Parameter(0, "Wi"));
        using (var edit = compiled.Edit())
            edit.Parameter(0, "bi").Fill(0.25f);
        using (var edit = declared.Edit())
            edit.Parameter(0, "bi").Fill(0.25f);
        using var actual = compiled.CreateSession();
        using var expected = declared.CreateSession();
        var (y, other) = (new float[11], new float[11]);
        actual.Step(1, y);
        expected.Step(1, other);
        Texts.SameBits(other, y);
    }

    [Fact]
    public void A_visitor_gets_the_class()
    {
        Assert.Equal("Chain of 11", compiled.Accept(new Description()));
        Assert.Throws<ArgumentNullException>(() => compiled.Accept<string>(null!));
    }

    [Fact]
    public void Steps_allocate_nothing()
    {
        using var session = compiled.CreateSession(new() { Threads = 1 });
        using var trainer = compiled.CreateTrainer(new() { BatchSize = 2, SequenceLength = 4, Threads = 1 });
        var y = new float[11];
        int[] tokens = [1, 2, 3, 4, 5, 6, 7, 8];
        for (var i = 0; i < 3; i++)
        {
            session.Step(1, y);
            trainer.Step(tokens, tokens);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 20; i++)
        {
            session.Step(1, y);
            trainer.Step(tokens, tokens);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    public void Dispose()
    {
        compiled.Dispose();
        declaration.Dispose();
        declared.Dispose();
    }

    private sealed class Description : IModelVisitor<string>
    {
        public string Visit<TModel>(TModel model)
            where TModel : class, IModel<TModel> => $"{typeof(TModel).Name} of {TModel.Info.OutputSize}";
    }
}
