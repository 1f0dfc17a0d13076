namespace FastRnn.Embedded.Measure;

/// <summary><c>silence</c>: an hour of music, an hour of silence after music, an hour of a number that is denormal. They take turns of a
/// sixtieth, so that whatever else the machine does meets all of them.</summary>
internal static class SilenceMeasurement
{
    private const int Turns = 60;

    public static void Run(Settings settings, Findings findings)
    {
        var model = new Pedal();
        var music = Sound.Music();
        using var first = new Listener(model, "music", music, music);
        using var second = new Listener(model, "silence", music, Sound.Constant(0));
        using var third = new Listener(model, "denormal", music, Sound.Constant(1e-38f));
        Listener[] all = [first, second, third];
        var blocks = (long)(settings.Seconds * Sound.Rate / Sound.Block / Turns);
        foreach (var listener in all)
        {
            listener.Watch(blocks, 0);
        }

        var spent = new Spent();
        for (var turn = 1; turn < Turns - 1; turn++)
        {
            foreach (var listener in all)
            {
                listener.Time(blocks);
            }
        }

        spent.Report(findings);
        foreach (var listener in all)
        {
            listener.Watch(blocks, 1);
            listener.Report(findings);
        }

        findings.Add("denormal_states", first.Denormals + second.Denormals + third.Denormals);
        findings.Add("silence_to_music", second.Ticks / (double)first.Ticks);
        findings.Add("denormal_to_music", third.Ticks / (double)first.Ticks);
    }
}
