using FastRnn.CompilerServices;
using FastRnn.Inference;

namespace FastRnn.Cli.Sampling;

/// <summary>A model that writes, byte after byte.</summary>
internal sealed class ByteStream<TModel> : IDisposable
    where TModel : class, IModel<TModel>, ITokenModel
{
    private readonly Session<TModel> session;
    private readonly Sampler sampler;
    private readonly float temperature;
    private readonly int topK;
    private readonly float[] logits = new float[TModel.Info.OutputSize];

    /// <summary>Feeds a prompt.</summary>
    /// <param name="model">The model.</param>
    /// <param name="prompt">What was written so far; if nothing, the model continues a line's end.</param>
    /// <param name="seed">Of the choices.</param>
    /// <param name="temperature">0 takes the likeliest byte.</param>
    /// <param name="topK">Among how many to choose; 0 is all.</param>
    public ByteStream(TModel model, ReadOnlySpan<byte> prompt, int seed, float temperature, int topK = 0)
    {
        sampler = new Sampler(TModel.Info.OutputSize, seed);
        this.temperature = temperature;
        this.topK = topK;
        session = new Session<TModel>(model, new RunOptions { Threads = 1 });
        foreach (var token in prompt.IsEmpty ? "\n"u8 : prompt)
        {
            session.Step(token, logits);
        }
    }

    /// <summary>The next byte.</summary>
    /// <exception cref="CommandException">The model's outputs are no finite numbers.</exception>
    public byte Next()
    {
        if (logits.AsSpan().ContainsAnyExceptInRange(float.MinValue, float.MaxValue))
        {
            throw CommandException.Failed("the model's outputs are no finite numbers: its training has diverged");
        }

        var token = sampler.Next(logits, temperature, topK);
        session.Step(token, logits);
        return (byte)token;
    }

    public void Dispose() => session.Dispose();
}
