using System.ComponentModel;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace FastRnn.Execution;

/// <summary>A message that is only written if something is wrong: a check that passes allocates nothing.</summary>
[InterpolatedStringHandler]
[EditorBrowsable(EditorBrowsableState.Never)]
internal ref struct CheckMessage
{
    private DefaultInterpolatedStringHandler text;

    /// <summary>Begins a message unless <paramref name="isRight"/>.</summary>
    public CheckMessage(int literalLength, int formattedCount, bool isRight, out bool isWanted)
    {
        isWanted = !isRight;
        text = isRight ? default : new DefaultInterpolatedStringHandler(literalLength, formattedCount, CultureInfo.InvariantCulture);
    }

    /// <summary>Adds a literal.</summary>
    public void AppendLiteral(string value) => text.AppendLiteral(value);

    /// <summary>Adds a value.</summary>
    public void AppendFormatted<T>(T value) => text.AppendFormatted(value);

    /// <summary>The whole message.</summary>
    public string ToText() => text.ToStringAndClear();
}
