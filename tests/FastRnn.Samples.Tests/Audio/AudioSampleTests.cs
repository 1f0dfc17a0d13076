using FastRnn.Samples.Common;
using FastRnn.Samples.Tests.Common;

namespace FastRnn.Samples.Tests.Audio;

public sealed class AudioSampleTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_short_version_learns_the_pedal_and_writes_what_one_can_hear()
    {
        var figures = ProgramRun.Quick("audio", "--out", folder.Root);
        Assert.InRange(figures["error-to-signal ratio"], 0, 0.02);
        var dry = Samples.Audio.WaveFile.Read(folder.Path("dry.wav"), 48_000);
        var teacher = Samples.Audio.WaveFile.Read(folder.Path("teacher.wav"), 48_000);
        var model = Samples.Audio.WaveFile.Read(folder.Path("model.wav"), 48_000);
        Assert.True(Samples.Audio.Signals.Loudness(dry) > 0.01);
        Assert.Equal(figures["error-to-signal ratio"], Samples.Audio.Signals.ErrorToSignal(model, teacher), 1e-4);
    }

    [Fact]
    public void The_users_own_sound_is_played()
    {
        var own = Enumerable.Range(0, 4800).Select(t => (float)Math.Sin(t * 0.03) / 2).ToArray();
        File.WriteAllBytes(folder.Path("own.wav"), Samples.Audio.WaveFile.Write(own, 48_000));
        var run = ProgramRun.Of("audio", "--quick", "--steps", "2", "--wav", folder.Path("own.wav"), "--out", folder.Path("out"));
        Assert.Equal(ExitCodes.Failed, run.ExitCode); // two steps teach nothing: the goal is missed
        Assert.Contains("MISSED", run.Output, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(folder.Path("own.wav")), File.ReadAllBytes(folder.Path("out", "dry.wav")));
    }

    [Fact]
    public void Ctrl_C_ends_it_with_what_there_is()
    {
        using var interrupt = new CancellationTokenSource();
        interrupt.Cancel();
        var run = ProgramRun.Of(interrupt.Token, "audio", "--quick", "--json", "--out", folder.Root);
        Assert.Equal(ExitCodes.Interrupted, run.ExitCode);
        Assert.True(run.Json.GetProperty("interrupted").GetBoolean());
        Assert.NotEmpty(run.Figures);
    }

    [Fact]
    public void A_wrong_option_or_file_is_refused()
    {
        File.WriteAllText(folder.Path("text.wav"), "no sound at all");
        File.WriteAllBytes(folder.Path("empty.wav"), []);
        ProgramRun.Of("audio", "--wav", folder.Path("empty.wav")).AssertFails(ExitCodes.Failed, "empty.wav", "got 0");
        ProgramRun.Of("audio", "--drive", "0").AssertFails(ExitCodes.Usage, "--drive: expected a number from 0.1 to 20, got '0'");
        ProgramRun.Of("audio", "--wav", folder.Path("none.wav")).AssertFails(ExitCodes.Failed, folder.Path("none.wav"));
        ProgramRun.Of("audio", "--wav", folder.Path("text.wav")).AssertFails(ExitCodes.Failed, "text.wav", "expected a WAV file");
    }
}
