using FastRnn.Inference;

namespace FastRnn.Samples.Keywords;

/// <summary>Sound in, words out: features, model and detector, frame by frame. Allocates nothing after its creation.</summary>
internal sealed class Listener(KeywordModel model, float threshold = Detector.DefaultThreshold, RunOptions? options = null) : IDisposable
{
    private readonly Session<KeywordModel> session = model.CreateSession((options ?? new()) with { BatchSize = 1, Threads = 1 });
    private readonly LogMel ear = new();
    private readonly Detector detector = new(threshold);
    private readonly float[] frame = new float[LogMel.Bands], logits = new float[Keyword.Classes], best = new float[Keyword.Classes];

    public void Dispose() => session.Dispose();

    /// <summary>The next sample begins a new stream.</summary>
    public void Reset()
    {
        session.Reset();
        ear.Reset();
        detector.Reset();
    }

    /// <summary>Listens on; what was heard is given to <paramref name="heard"/>.</summary>
    public void Listen(ReadOnlySpan<float> sound, Action<Detection>? heard)
    {
        while (sound.Length > 0)
        {
            var piece = sound[..Math.Min(LogMel.Hop, sound.Length)];
            sound = sound[piece.Length..];
            if (ear.Push(piece, frame) == 0)
            {
                continue;
            }

            session.Step(frame, logits);
            if (detector.Push(logits, out var detection))
            {
                heard?.Invoke(detection);
            }

            for (var c = 0; c < Keyword.Classes; c++)
            {
                best[c] = Math.Max(best[c], detector.Score(c));
            }
        }
    }

    /// <summary>What one word was: the keyword that came nearest to being told, if it passed the threshold; otherwise another word, or
    /// none.</summary>
    public int Classify(ReadOnlySpan<float> clip)
    {
        Reset();
        best.AsSpan().Clear();
        Listen(clip, null);
        var answer = 0;
        for (var c = 1; c < Keyword.Words; c++)
        {
            answer = best[c] > best[answer] ? c : answer;
        }

        return best[answer] >= threshold ? answer : best[Keyword.Unknown] >= 0.5f ? Keyword.Unknown : Keyword.Silence;
    }
}
