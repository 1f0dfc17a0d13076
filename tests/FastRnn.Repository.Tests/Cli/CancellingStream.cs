using System.Text;

namespace FastRnn.Repository.Tests.Cli;

/// <summary>Ctrl-C as soon as a text was written.</summary>
internal sealed class CancellingStream(string text, CancellationTokenSource interrupt) : MemoryStream
{
    public override void Write(byte[] buffer, int offset, int count)
    {
        base.Write(buffer, offset, count);
        Look();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        base.Write(buffer);
        Look();
    }

    private void Look()
    {
        if (!interrupt.IsCancellationRequested && Encoding.UTF8.GetString(ToArray()).Contains(text, StringComparison.Ordinal))
        {
            interrupt.Cancel();
        }
    }
}
