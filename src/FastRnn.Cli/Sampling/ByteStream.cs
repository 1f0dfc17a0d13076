using FastRnn.Inference;
using FastRnn.Models;

namespace FastRnn.Cli.Sampling;

/// <summary>A model that writes, byte after byte.</summary>
internal sealed class ByteStream<TModel> : IDisposable
    where TModel : Model<TModel>, IModel<TModel>, ITokenModel
{
    private readonly Session<TModel> session;
    private readonly Sampler sampler;
    private readonly float[] logits = new float[TModel.Info.OutputSize];

    /// <summary>Feeds a prompt.</summary>
    /// <param name="model">The model.</param>
    /// <param name="sampler">What chooses the next byte.</param>
    /// <param name="prompt">What was written so far; if nothing, the model continues a line's end.</param>
    public ByteStream(TModel model, Sampler sampler, ReadOnlySpan<byte> prompt)
    {
        this.sampler = sampler;
        session = new Session<TModel>(model, batchSize: 1, threads: 1);
        foreach (var token in prompt.IsEmpty ? "\n"u8 : prompt)
        {
            session.Step(token, logits);
        }
    }

    /// <summary>The next byte.</summary>
    public byte Next()
    {
        var token = sampler.Next(logits);
        session.Step(token, logits);
        return (byte)token;
    }

    public void Dispose() => session.Dispose();
}
