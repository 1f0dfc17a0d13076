using FastRnn.Inference;

namespace FastRnn.Fuzz.Targets;

/// <summary><see cref="SessionState{TModel}"/>: what streams carry.</summary>
internal sealed class StateTarget : RuntimeTarget
{
    private static readonly FuzzedText Model = new(seed: 1);

    private SessionState<FuzzedText>? state;

    public override string Name => "state";

    public override string Reader => "SessionState.Load";

    public override string Numbers()
    {
        using var stream = new MemoryStream();
        state!.Save(stream, Model);
        return FuzzDigest.Of(stream.ToArray(), new Dictionary<string, string>());
    }

    protected override void Read(string path) => state = SessionState<FuzzedText>.Load(path, Model);

    protected override IReadOnlyList<FuzzSeed> MakeSeeds() => [.. new[] { 1, 3 }.SelectMany(batch => Both(path =>
    {
        using var session = Model.CreateSession(new() { BatchSize = batch });
        session.Step(new int[batch], new float[batch * FuzzedText.Info.OutputSize]);
        session.GetState().Save(path, Model);
    }))];
}
