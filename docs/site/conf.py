"""Settings of the web edition, `course site`: pages from `build/site-source`, nothing from the network."""

from course_lib import __version__
from course_lib.authoring.site.hosted import repository_address

project = "Attention, the Transformer and BERT"
author = "The authors of the course"
copyright = "the authors of the course, Apache 2.0"
version = release = __version__
language = "en"

extensions = ["myst_nb", "course_lib.authoring.site.formulas"]
html_math_renderer = "mathml"
exclude_patterns = ["**.ipynb_checkpoints"]

nb_execution_mode = "off"
nb_render_markdown_format = "myst"
nb_ipywidgets_js = {}
nb_merge_streams = True
myst_enable_extensions = ["colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 4
myst_links_external_new_tab = False
suppress_warnings = ["myst.duplicate_def", "mystnb.unknown_mime_type"]

html_theme = "sphinx_book_theme"
html_title = project
html_static_path = ["static"]
html_css_files = ["site.css", "exercise.css"]
html_js_files = ["site.js"]
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
html_last_updated_fmt = None
html_favicon = "static/icon.svg"
html_context = {"default_mode": "auto"}
toc_object_entries = False
html_theme_options = {
    "logo": {"text": project},
    "home_page_in_toc": False,
    "show_navbar_depth": 1,
    "show_toc_level": 2,
    "use_download_button": False,
    "use_fullscreen_button": False,
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
    "back_to_top_button": True,
    "navbar_start": [],
    "navbar_center": [],
    "navbar_end": [],
    "navbar_persistent": [],
}
if address := repository_address():
    html_theme_options |= {
        "repository_url": address,
        "use_repository_button": True,
        "use_issues_button": True,
    }
