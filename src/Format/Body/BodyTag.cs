namespace NacrithOnnx.Format;

/// <summary>The first byte of a frame body.</summary>
/// <remarks>
/// <code>
/// bits 7-6  kind
/// bit  5    a dictionary was used
/// bit  4    a transform id follows (only kind text)
/// bits 3-0  profile: 0 for stored content and in data frames, otherwise 1 to 14
/// </code>
/// No tag is 0D, the fifth byte of a large archive: stored content has profile 0.
/// </remarks>
/// <param name="Kind">What follows.</param>
/// <param name="Profile">Number of the set of parameters, 0 for none.</param>
/// <param name="HasDictionary">Whether the content was coded after the text of a dictionary.</param>
/// <param name="HasTransform">Whether the only region went through a transform.</param>
public readonly record struct BodyTag(BodyKind Kind, int Profile, bool HasDictionary, bool HasTransform)
{
    private const int KindShift = 6;
    private const int DictionaryBit = 1 << 5;
    private const int TransformBit = 1 << 4;
    private const int ProfileMask = 0xF;

    /// <summary>The byte.</summary>
    public byte Value => (byte)(((int)Kind << KindShift)
        | (HasDictionary ? DictionaryBit : 0) | (HasTransform ? TransformBit : 0) | Profile);

    /// <summary>Whether such a body has text, or may have: a small archive then names the model.</summary>
    public bool NamesModel => Kind is BodyKind.Text or BodyKind.Regions;

    /// <summary>Bytes of the hashes of model and dictionary that follow the tag in a container.</summary>
    public int PrefixLength(BodyContainer container) => container == BodyContainer.SmallArchive
        ? ((NamesModel ? 1 : 0) + (HasDictionary ? 1 : 0)) * HashPrefix.Length
        : 0;

    /// <summary>Reads a tag and checks that it may stand where it stands.</summary>
    /// <exception cref="CorruptArchiveException">Its bits do not go together, or not with the container.</exception>
    /// <exception cref="UnsupportedVersionException">It has the reserved profile.</exception>
    public static BodyTag Read(byte value, in BodyContext context)
    {
        var tag = new BodyTag(
            (BodyKind)(value >> KindShift),
            value & ProfileMask,
            (value & DictionaryBit) != 0,
            (value & TransformBit) != 0);
        // Checked first: a version that uses the reserved profile may give the other bits a new meaning.
        if (tag.Profile > BodyRules.MaxProfile && context.Container != BodyContainer.DataFrame)
        {
            context.RefuseProfile(tag.Profile);
        }

        if (tag.Fault(context.Container) is { } fault)
        {
            context.Refuse($"has the body tag {value:x2}, {fault}");
        }

        return tag;
    }

    /// <summary>Which rule the bits break, or null.</summary>
    internal string? Fault(BodyContainer container)
    {
        if (HasTransform && Kind != BodyKind.Text)
        {
            return "which names a transform for something other than one text";
        }

        if (HasDictionary && (Kind is BodyKind.Stored or BodyKind.Bytes || container == BodyContainer.DataFrame))
        {
            return "which names a dictionary where none is used";
        }

        var hasProfile = Kind != BodyKind.Stored && container != BodyContainer.DataFrame;
        return hasProfile == (Profile != 0) ? null
            : hasProfile ? "which lacks a profile"
            : "which names a profile where none is used";
    }
}
